/**
 * One span a request, sent by OTLP over HTTP, for those who set OTEL_EXPORTER_OTLP_ENDPOINT. A span tells the route's
 * pattern, the status and the request id, and nothing of what was asked or by whom. The SDK alone is used: its
 * automatic instrumentations would see statements and addresses, and cost every request.
 */
import {
  diag,
  DiagLogLevel,
  ROOT_CONTEXT,
  SpanKind,
  SpanStatusCode,
  trace,
  type Context,
} from '@opentelemetry/api'
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http'
import { resourceFromAttributes } from '@opentelemetry/resources'
import {
  BatchSpanProcessor,
  ParentBasedSampler,
  TraceIdRatioBasedSampler,
  TracerProvider,
} from '@opentelemetry/sdk-trace'
import type { FastifyInstance } from 'fastify'
import type { Logger } from 'pino'

type Options = {
  app: FastifyInstance
  endpoint: string
  version: string
  /** Which part of all traces is kept, 0 to 1. */
  ratio: number
  log: Pick<Logger, 'warn'>
}

const export_timeout_ms = 10_000
const complainEvery_ms = 60_000
/** version, trace id, span id, flags: https://www.w3.org/TR/trace-context/#traceparent-header */
const traceparentForm = /^00-(?!0{32})([0-9a-f]{32})-(?!0{16})([0-9a-f]{16})-([0-9a-f]{2})$/

/** Answers how to stop, which sends what is left. */
export function traceRequests({ app, endpoint, version, ratio, log }: Options): () => Promise<void> {
  const complain = complainTo(log)
  const exporter = new OTLPTraceExporter({
    url: `${endpoint.replace(/\/+$/, '')}/v1/traces`,
    timeoutMillis: export_timeout_ms,
  })
  const sampled = new TraceIdRatioBasedSampler(ratio)
  const provider = new TracerProvider({
    resource: resourceFromAttributes({ 'service.name': 'rapport', 'service.version': version }),
    // A caller may continue its trace here; that more of them are kept than the ratio says is not its decision.
    sampler: new ParentBasedSampler({ root: sampled, remoteParentSampled: sampled }),
    spanProcessors: [new BatchSpanProcessor({ exporter })],
  })
  const tracer = provider.getTracer('rapport.http', version)

  app.addHook('onResponse', (request, reply, done) => {
    const { method, url } = request.routeOptions
    const route = url ?? 'unmatched'
    const ended_ms = Date.now()
    const span = tracer.startSpan(
      `${url === undefined ? 'any' : String(method)} ${route}`,
      {
        kind: SpanKind.SERVER,
        startTime: ended_ms - reply.elapsedTime,
        attributes: {
          'http.request.method': request.method,
          'http.route': route,
          'http.response.status_code': reply.statusCode,
          'rapport.request_id': request.id,
        },
      },
      contextOf(request.headers['traceparent']),
    )
    if (reply.statusCode >= 500) span.setStatus({ code: SpanStatusCode.ERROR })
    span.end(ended_ms)
    done()
  })
  return () => provider.shutdown().catch((error: unknown) => complain(String(error)))
}

function contextOf(traceparent: string | string[] | undefined): Context {
  const [, traceId, spanId, flags] = traceparentForm.exec(String(traceparent ?? '')) ?? []
  if (traceId === undefined || spanId === undefined) return ROOT_CONTEXT
  const traceFlags = Number.parseInt(flags ?? '0', 16) & 1
  return trace.setSpanContext(ROOT_CONTEXT, { traceId, spanId, traceFlags, isRemote: true })
}

/** The SDK keeps quiet about a collector that is away unless it is given somewhere to say so. */
function complainTo(log: Pick<Logger, 'warn'>): (reason: string) => void {
  let next_ms = 0
  const complain = (reason: string) => {
    if (Date.now() < next_ms) return
    next_ms = Date.now() + complainEvery_ms
    log.warn({ reason }, 'traces could not be sent')
  }
  const quiet = () => undefined
  diag.setLogger(
    { error: complain, warn: complain, info: quiet, debug: quiet, verbose: quiet },
    { logLevel: DiagLogLevel.WARN, suppressOverrideMessage: true },
  )
  return complain
}
