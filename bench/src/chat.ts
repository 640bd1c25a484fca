/**
 * Many members in one channel: `node bench/src/chat.ts --connections 1000 --rate 50 --seconds 60`. Each message is stored
 * before it is sent; beside it a bare `ws` and a bare Socket.IO server broadcast the same frame in the same run.
 */
import { fork, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { openCrew, type Crew } from './board-storm/crew.ts'
import { ServerUnderFire } from './chaos/server.ts'
import type { Heard } from './chat/listeners.ts'
import { percentiles } from './load.ts'
import { residentMegabytes } from './processes.ts'

const { values: options } = parseArgs({
  options: {
    connections: { type: 'string', default: '1000' },
    members: { type: 'string', default: '50' },
    rate: { type: 'string', default: '50' },
    seconds: { type: 'string', default: '60' },
  },
})
const [connections, members, rate, seconds] = [
  options.connections,
  options.members,
  options.rate,
  options.seconds,
].map(Number) as [number, number, number, number]
const listeners = 4
const drain_ms = 3_000
const target_p95_ms = 120
const programOf = (name: string) => fileURLToPath(new URL(`./chat/${name}.ts`, import.meta.url))

type Side = {
  name: string
  pid: number
  url: string
  auths: (string | null)[]
  /** Answers once the message is taken. */
  say: (place: number, text: string) => Promise<void>
}

async function measure({ name, pid, url, auths, say }: Side) {
  const before = residentMegabytes({ pid })
  const parts = Array.from({ length: listeners }, (_, index) =>
    auths.filter((_auth, at) => at % listeners === index),
  )
  const children = parts.map((part) =>
    fork(programOf('listeners'), [JSON.stringify({ url, auths: part, numbered: name === 'Rapport' })]),
  )
  await Promise.all(children.map((child) => once(child, 'message')))
  const after = residentMegabytes({ pid })
  const total = rate * seconds
  const saying: Promise<void>[] = []
  const began = performance.now()
  for (let place = 0; place < total; place += 1) {
    await sleep(Math.max(0, began + (place * 1000) / rate - performance.now()))
    saying.push(say(place, `said ${place} at ${performance.timeOrigin + performance.now()}`))
  }
  await Promise.all(saying)
  await sleep(drain_ms)
  const heard = await Promise.all(children.map(collect))
  const times = heard.flatMap(({ times_ms }) => times_ms).toSorted((a, b) => a - b)
  const { p50, p95, p99 } = percentiles(times)
  const sum = (pick: (one: Heard) => number) => heard.reduce((all, one) => all + pick(one), 0)
  return {
    name,
    p50_ms: round(p50),
    p95_ms: round(p95),
    p99_ms: round(p99),
    received: sum(({ received }) => received),
    expected: total * auths.length,
    disordered: sum(({ disordered }) => disordered),
    kilobytes_each:
      before === null || after === null ? null : round(((after - before) * 1024) / auths.length),
  }
}

async function collect(child: ChildProcess): Promise<Heard> {
  const answered = once(child, 'message')
  child.send('tell')
  return (await answered)[0] as Heard
}

const round = (value: number) => Math.round(value * 10) / 10

async function openProduct(server: ServerUnderFire, crew: Crew): Promise<{ side: Side; frame: string }> {
  const [owner] = crew.movers
  if (!owner) throw new Error('Nobody is there.')
  const { items } = await owner.rapport.members.list({})
  const channel = await owner.rapport.chat.createChannel({
    body: { kind: 'private', name: 'Everybody', member_ids: items.map(({ user_id }) => user_id) },
  })
  const params = { id: channel.id }
  const message = await owner.rapport.chat.post({ params, body: { client_id: 'first', body: 'first' } })
  const auths = Array.from({ length: connections }, (_, place) => {
    const { token } = crew.movers[place % crew.movers.length] ?? owner
    return JSON.stringify({ token, organization_id: crew.organization_id })
  })
  const side: Side = {
    name: 'Rapport',
    pid: server.pid,
    url: `${server.url.replace('http', 'ws')}/api/realtime/?EIO=4&transport=websocket`,
    auths,
    async say(place, body) {
      const { rapport } = crew.movers[place % crew.movers.length] ?? owner
      await rapport.chat.post({ params, body: { client_id: `m-${place}`, body } })
    },
  }
  const { id, created_at } = message
  const frame = {
    seq: 1,
    id,
    type: 'chat.message_created',
    organization_id: crew.organization_id,
    occurred_at: created_at,
  }
  const record = { object: 'chat_channel', id: channel.id, version: null }
  const actor = { id: message.author.id, name: message.author.name }
  return {
    side,
    frame: JSON.stringify({
      ...frame,
      actor,
      record,
      data: { channel_id: channel.id, message_id: id, message },
    }),
  }
}

async function besideBare(kind: 'ws' | 'socket.io', frame: string) {
  const child = fork(programOf('bare'), [kind])
  const [port] = (await once(child, 'message')) as [number]
  const path = kind === 'ws' ? '' : '/socket.io/?EIO=4&transport=websocket'
  try {
    return await measure({
      name: `bare ${kind}`,
      pid: child.pid ?? 0,
      url: `ws://127.0.0.1:${port}${path}`,
      auths: Array.from({ length: connections }, () => (kind === 'ws' ? null : '')),
      async say(_place, text) {
        await fetch(`http://127.0.0.1:${port}`, {
          method: 'POST',
          body: frame.replaceAll('"first"', JSON.stringify(text)),
        })
      },
    })
  } finally {
    child.kill()
  }
}

async function main(): Promise<boolean> {
  const server = await ServerUnderFire.create()
  try {
    await server.ensureHealthy()
    const { side, frame } = await openProduct(server, await openCrew(server.url, members))
    const own = await measure(side)
    const bare = [await besideBare('ws', frame), await besideBare('socket.io', frame)]
    const ok = own.p95_ms <= target_p95_ms && own.received === own.expected && own.disordered === 0
    console.log(
      JSON.stringify(
        { connections, members, rate, seconds, figures: [own, ...bare], target_p95_ms, ok },
        null,
        2,
      ),
    )
    return ok
  } finally {
    await server.remove()
  }
}

process.exit((await main()) ? 0 : 1)
