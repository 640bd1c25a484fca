import { connect } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import type { FastifyInstance } from 'fastify'
import { pino } from 'pino'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createServer } from './server.ts'

let app: FastifyInstance
let target: URL
beforeAll(async () => {
  app = await createServer(pino({ level: 'silent' }), {
    publicUrl: 'http://localhost:3000',
    corsOrigins: [],
    trustedProxies: [],
    bodyPace: { every_ms: 100, whole_ms: 300, least_bytes: 1_000 },
  })
  app.post('/json', async () => ({ done: true }))
  app.post('/refused', { onRequest: async (_request, reply) => reply.code(401).send({}) }, async () => ({}))
  app.post('/upload', { config: { takesForm: true } }, async (request) => {
    for await (const part of request.parts())
      if (part.type === 'file') for await (const _ of part.file) continue
    return { done: true }
  })
  target = new URL(await app.listen({ port: 0, host: '127.0.0.1' }))
})
afterAll(() => app?.close())

const json = 'application/json'
const form = 'multipart/form-data; boundary=x'
const opening = '--x\r\nContent-Disposition: form-data; name="file"; filename="a.csv"\r\n\r\n'

/** Sends that piece every 40 ms; answers true when the connection was cut, false when it was kept. */
async function isCut(path: string, type: string, piece: string): Promise<boolean> {
  const socket = connect(Number(target.port), target.hostname)
  socket.write(`POST ${path} HTTP/1.1\r\nHost: x\r\nContent-Type: ${type}\r\nContent-Length: 1000000\r\n\r\n`)
  if (type === form) socket.write(opening)
  const timer = setInterval(() => socket.write(piece), 40)
  const cut = new Promise<true>((resolve) => socket.on('close', () => resolve(true)))
  socket.on('error', () => undefined) // how a socket learns that it was cut off
  socket.resume()
  const first = await Promise.race([cut, pause(1_500).then(() => false)])
  clearInterval(timer)
  socket.destroy()
  return first
}

describe('a body that comes too slowly', () => {
  test('loses its connection when it is JSON, however steadily it drips', async () => {
    expect(await isCut('/json', json, ' ')).toBe(true)
    expect(await isCut('/json', json, ' '.repeat(3_000))).toBe(true)
  })

  test('loses its connection when it is an upload that only drips', async () => {
    expect(await isCut('/upload', form, '-')).toBe(true)
  })

  test('keeps its connection when it is an upload that keeps coming', async () => {
    expect(await isCut('/upload', form, 'x'.repeat(3_000))).toBe(false)
  })

  test('cannot hold a connection after it was refused', async () => {
    expect(await isCut('/refused', json, ' ')).toBe(true)
  })
})
