/** /health for probes and /database/info for operators, both outside /api. */
import type { FastifyInstance } from 'fastify'
import type { Database } from './database.ts'
import { requireOperator } from './http/operator.ts'
import type { Limits } from './limits/index.ts'

type Parts = {
  app: FastifyInstance
  database: Database
  cache: Limits['cache']
  version: string
  operatorToken: string | undefined
}
type State = { status: 'ok' | 'down'; response_time_ms: number; type: string }

/** A probe that waits longer than this has its answer. */
const patience_ms = 5_000

/**
 * `down` and 503 without the database, as nothing works then; `degraded` and 200 without the cache, whose work each
 * process then does by itself.
 */
export function serveHealth({ app, database, cache, version, operatorToken }: Parts): void {
  app.get('/health', async (_request, reply) => {
    const started = performance.now()
    const [databaseState, cacheState] = await Promise.all([
      probe('postgresql', () => database.pool.query('SELECT 1')),
      probe(cache.type, cache.ping),
    ])
    const up = databaseState.status === 'ok'
    const status = up ? (cacheState.status === 'ok' ? 'ok' : 'degraded') : 'down'
    return reply
      .code(up ? 200 : 503)
      .header('cache-control', 'no-store')
      .send({
        status,
        service: 'rapport',
        version,
        timestamp: new Date().toISOString(),
        dependencies: { database: databaseState, cache: cacheState },
        response_time_ms: since(started),
      })
  })

  app.get('/database/info', async (request, reply) => {
    requireOperator(request, operatorToken)
    const { rows } = await database.pool.query<{ version: string; size_bytes: number; migrations: string[] }>(
      'SELECT version(), pg_database_size(current_database()) AS size_bytes, (SELECT array_agg(name ORDER BY name) FROM migrations) AS migrations',
    )
    const { totalCount, idleCount, waitingCount, options } = database.pool
    const pool = { max: options.max, total: totalCount, idle: idleCount, waiting: waitingCount }
    return reply.header('cache-control', 'no-store').send({ ...rows[0], pool })
  })
}

async function probe(type: string, ask: () => Promise<unknown>): Promise<State> {
  const started = performance.now()
  let timer: NodeJS.Timeout | undefined
  const tooLate = new Promise<false>((resolve) => {
    timer = setTimeout(() => resolve(false), patience_ms)
  })
  const up = await Promise.race([
    ask().then(
      () => true,
      () => false,
    ),
    tooLate,
  ])
  clearTimeout(timer)
  return { status: up ? 'ok' : 'down', response_time_ms: since(started), type }
}

const since = (started: number) => Math.round((performance.now() - started) * 100) / 100
