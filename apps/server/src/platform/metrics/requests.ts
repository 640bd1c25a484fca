/** How long requests take, by the pattern of their route: never by what is in a path, and never by organization. */
import type { FastifyInstance } from 'fastify'
import { Histogram, type Registry } from 'prom-client'

const buckets_s = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10]

export function measureRequests(app: FastifyInstance, registry: Registry): void {
  const durations = new Histogram({
    name: 'rapport_http_request_duration_seconds',
    help: 'Time from the request line to the last byte of the answer',
    labelNames: ['method', 'route', 'status'],
    buckets: buckets_s,
    registers: [registry],
  })
  // Finding the series by its labels costs more than counting in it, so each is found once.
  const series = new Map<string, { observe: (seconds: number) => void }>()
  app.addHook('onResponse', (request, reply, done) => {
    const { method, url } = request.routeOptions
    const [verb, route] = url === undefined ? ['any', 'unmatched'] : [String(method), url]
    const key = `${reply.statusCode} ${verb} ${route}`
    let one = series.get(key)
    if (!one) {
      one = durations.labels({ method: verb, route, status: String(reply.statusCode) })
      series.set(key, one)
    }
    one.observe(reply.elapsedTime / 1000)
    done()
  })
}
