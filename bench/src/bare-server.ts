/**
 * The limit: Fastify and `pg` and nothing else. For each figure it is told the statements that the product sends
 * and sends them as one pipelined transaction, answering the JSON text that PostgreSQL made. No authentication,
 * no validation, no permission, no events to hand on. Also broadcasts frames to plain WebSockets.
 */
import { fastify } from 'fastify'
import pg from 'pg'
import { v7 as uuidv7 } from 'uuid'
import { WebSocketServer, type WebSocket } from 'ws'
import { poolSize } from '../../apps/server/src/platform/pool-size.ts'
import type { Replay, ReplayStatement } from './replay.ts'

pg.types.setTypeParser(pg.types.builtins.INT8, Number)

/** As many connections and the same settings as the product's own pool. */
const pool = new pg.Pool({
  connectionString: process.env['DATABASE_URL'],
  max: poolSize,
  pipeline: true,
  options:
    '-c timezone=UTC -c statement_timeout=30000 -c idle_in_transaction_session_timeout=60000 -c max_parallel_workers_per_gather=0',
})
pool.on('error', (error) => process.stderr.write(`${error.message}\n`))

const app = fastify({ bodyLimit: 64 * 1024 * 1024 })
const replays = new Map<string, Replay[]>()
type Path = { Params: { name: string; place: string } }

app.get('/health', async () => ({ status: 'ok' }))

app.put<{ Params: { name: string }; Body: Replay[] }>('/replays/:name', async (request, reply) => {
  replays.set(request.params.name, request.body)
  return reply.code(204).send()
})

app.get<Path>('/run/:name/:place', async (request, reply) => {
  const text = await run(replayOf(request.params))
  return reply.header('content-type', 'application/json; charset=utf-8').send(text)
})

/** A write: its ids are made anew, or come with the request. */
app.post<Path & { Body: { id?: string } }>('/run/:name/:place', async (request, reply) => {
  const { name, place } = request.params
  const text = await run(withFreshIds(replayOf({ name, place }), request.body.id))
  return reply.header('content-type', 'application/json; charset=utf-8').send(text)
})

function replayOf({ name, place }: { name: string; place: string }): Replay {
  const replay = replays.get(name)?.[Number(place)]
  if (!replay) throw new Error(`There is no replay ${name}/${place}.`)
  return replay
}

async function run({ statements, answer }: Pick<Replay, 'statements' | 'answer'>): Promise<string> {
  const client = await pool.connect()
  try {
    const results = await Promise.all(statements.map((statement) => client.query(statement)))
    if (results.at(-1)?.command !== 'COMMIT') throw new Error('The transaction was rolled back.')
    const rows = (results[answer.statement]?.rows ?? []) as Record<string, unknown>[]
    client.release()
    return answer.column === null ? JSON.stringify(rows) : String(rows[0]?.[answer.column])
  } catch (error) {
    client.release(error instanceof Error ? error : true)
    throw error
  }
}

function withFreshIds({ statements, fresh, given, answer }: Replay, id: string | undefined) {
  const pairs = fresh.map((old): [string, string] => [old, uuidv7()])
  if (given !== null && id !== undefined) pairs.push([given, id])
  const renew = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(renew)
    if (typeof value !== 'string') return value
    return pairs.reduce((text, [old, current]) => text.replaceAll(old, current), value)
  }
  return {
    answer,
    statements: statements.map((one): ReplayStatement => ({ ...one, values: one.values.map(renew) })),
  }
}

const sockets = new Set<WebSocket>()
const webSockets = new WebSocketServer({ noServer: true })
app.server.on('upgrade', (request, socket, head) => {
  webSockets.handleUpgrade(request, socket, head, (client) => {
    sockets.add(client)
    client.on('close', () => sockets.delete(client))
  })
})

app.post('/broadcast', async (request, reply) => {
  const frame = JSON.stringify(request.body)
  for (const socket of sockets) socket.send(frame)
  return reply.code(204).send()
})

process.on('SIGTERM', () => process.exit(0))
await app.listen({ port: Number(process.env['PORT']), host: '127.0.0.1' })
