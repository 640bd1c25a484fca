/** What the same frames cost without a product: a bare `ws` and a bare Socket.IO server that send on what they are given. */
import { createServer } from 'node:http'
import { Server } from 'socket.io'
import { WebSocketServer } from 'ws'

const kind = process.argv[2]
const http = createServer((request, response) => {
  let body = ''
  request.on('data', (chunk: Buffer) => (body += chunk.toString()))
  request.on('end', () => {
    tell(body)
    response.end()
  })
})
const tell = kind === 'ws' ? throughWebSockets() : throughSocketIo()

function throughWebSockets(): (text: string) => void {
  const sockets = new WebSocketServer({ server: http })
  return (text) => {
    for (const socket of sockets.clients) socket.send(text)
  }
}

function throughSocketIo(): (text: string) => void {
  const io = new Server(http, { serveClient: false })
  io.on('connection', (socket) => void socket.join('channel'))
  return (text) => void io.to('channel').emit('event', JSON.parse(text))
}

http.listen(0, '127.0.0.1', () => {
  const address = http.address()
  if (typeof address === 'object' && address) process.send?.(address.port)
})
