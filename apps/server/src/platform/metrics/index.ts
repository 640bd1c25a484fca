/** /metrics for Prometheus, behind the operator token. deploy/grafana has a dashboard for it. */
import type { FastifyInstance } from 'fastify'
import { collectDefaultMetrics, Gauge, Registry } from 'prom-client'
import { requireOperator } from '../http/operator.ts'
import { measureRequests } from './requests.ts'
import { measureState, type MeasuredParts } from './state.ts'

type Parts = MeasuredParts & { app: FastifyInstance; version: string; operatorToken: string | undefined }

/** Before any route is declared: a route has the hooks that were there when it was. */
export function serveMetrics({ app, version, operatorToken, ...measured }: Parts): void {
  const registry = new Registry()
  measureRequests(app, registry)
  measureState(registry, measured)
  collectDefaultMetrics({ register: registry })
  new Gauge({
    name: 'rapport_info',
    help: 'Always 1; the version is its label',
    labelNames: ['version'],
    registers: [registry],
  }).set({ version }, 1)

  app.get('/metrics', async (request, reply) => {
    requireOperator(request, operatorToken)
    const text = await registry.metrics()
    return reply.header('cache-control', 'no-store').type(registry.contentType).send(text)
  })
}
