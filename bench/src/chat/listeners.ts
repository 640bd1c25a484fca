/**
 * Some of the connected members, in a process of their own: counts what comes in, how long it was on its way and whether
 * it was in order. It speaks the frames of Socket.IO over a bare WebSocket, so that it costs both sides the same.
 */
import { WebSocket } from 'ws'

type Task = { url: string; auths: (string | null)[]; numbered: boolean }
export type Heard = { received: number; disordered: number; times_ms: number[] }

const task = JSON.parse(process.argv[2] ?? '') as Task
const heard: Heard = { received: 0, disordered: 0, times_ms: [] }
const sockets: WebSocket[] = []
const stamp = /said (\d+) at (\d+\.?\d*)/
/** The first number is the event's, which grows; a bare server has none, and is told in its order. */
const numbered = /"seq":(\d+)/

const open = (auth: string | null) =>
  new Promise<void>((resolve, reject) => {
    let last = -1
    const socket = new WebSocket(task.url)
    sockets.push(socket)
    socket.on('error', reject)
    // Without a word of greeting the server is a bare WebSocket.
    if (auth === null) socket.on('open', () => resolve())
    socket.on('message', (data: Buffer) => {
      const text = data.toString()
      if (auth !== null && text.startsWith('0')) return socket.send(`40${auth}`)
      if (auth !== null && text === '2') return socket.send('3')
      if (text.startsWith('44')) return reject(new Error(text))
      if (text.startsWith('42["ready"') || (auth === '' && text.startsWith('40'))) return resolve()
      const [, place, sent_at] = stamp.exec(text) ?? []
      if (place === undefined) return
      heard.received += 1
      heard.times_ms.push(performance.timeOrigin + performance.now() - Number(sent_at))
      const at = task.numbered ? Number(numbered.exec(text)?.[1]) : Number(place)
      if (at <= last) heard.disordered += 1
      last = at
    })
  })

process.on('message', () => {
  process.send?.(heard, undefined, {}, () => process.disconnect())
  for (const socket of sockets) socket.terminate()
})

// A few at a time, as people come in.
const left = [...task.auths]
const work = async () => {
  for (let auth = left.pop(); auth !== undefined; auth = left.pop()) await open(auth)
}
await Promise.all(Array.from({ length: 10 }, work))
process.send?.('open')
