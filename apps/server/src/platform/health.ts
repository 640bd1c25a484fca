/** /health for probes and /database/info for operators, both outside /api. */
import { timingSafeEqual } from 'node:crypto'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Database } from './database.ts'
import { notAuthenticated } from './problems.ts'

type Parts = { app: FastifyInstance; database: Database; version: string; operatorToken: string | undefined }

export function serveHealth({ app, database, version, operatorToken }: Parts): void {
  app.get('/health', async (_request, reply) => {
    const started = performance.now()
    const error = await database.pool.query('SELECT 1').then(
      () => null,
      (reason: unknown) => reason,
    )
    const elapsed = Math.round((performance.now() - started) * 100) / 100
    const up = error === null
    return reply.code(up ? 200 : 503).send({
      status: up ? 'ok' : 'down',
      service: 'rapport',
      version,
      timestamp: new Date().toISOString(),
      dependencies: {
        database: { status: up ? 'ok' : 'down', response_time_ms: elapsed, type: 'postgresql' },
        cache: { status: 'ok', response_time_ms: 0, type: 'memory' },
      },
      response_time_ms: elapsed,
    })
  })

  app.get('/database/info', async (request) => {
    requireOperator(request, operatorToken)
    const { rows } = await database.pool.query<{ version: string; size: number; migrations: string[] }>(
      'SELECT version(), pg_database_size(current_database()) AS size, (SELECT array_agg(name ORDER BY name) FROM migrations) AS migrations',
    )
    const { totalCount, idleCount, waitingCount } = database.pool
    return { ...rows[0], pool: { total: totalCount, idle: idleCount, waiting: waitingCount } }
  })
}

function requireOperator(request: FastifyRequest, token: string | undefined): void {
  const given = Buffer.from(request.headers.authorization?.replace(/^Bearer /, '') ?? '')
  const wanted = Buffer.from(token ?? '')
  if (token === undefined || given.length !== wanted.length || !timingSafeEqual(given, wanted))
    throw notAuthenticated('This page needs the operator token (OPERATOR_TOKEN) as a bearer token.')
}
