/** The whole server: the foundation, and all that callers, browsers and operators meet. */
import { operations } from '@rapport/contracts'
import type { FastifyInstance } from 'fastify'
import type { Logger } from 'pino'
import { describedProblems } from './described-problems.ts'
import { layFoundation, type FoundationOptions } from './foundation.ts'
import { channelDoor } from './modules/chat/index.ts'
import { findRecordOwner, readersOfAny } from './modules/records/index.ts'
import type { Database } from './platform/database.ts'
import type { Environment } from './platform/environment.ts'
import { serveHealth } from './platform/health.ts'
import type { DeclaredRoute } from './platform/http/api.ts'
import { serveDocs } from './platform/http/docs.ts'
import { openApiDocument } from './platform/http/openapi.ts'
import { ownDocuments } from './platform/http/own-openapi.ts'
import { JsonText, type ActorContext } from './platform/http/route.ts'
import { operatorPages } from './platform/http/operator-page.ts'
import { securityHeaders } from './platform/http/headers.ts'
import { scheduleHousekeeping } from './platform/housekeeping.ts'
import { serveOutbox } from './platform/mail/index.ts'
import { serveMetrics } from './platform/metrics/index.ts'
import type { Platform } from './platform/platform.ts'
import { readCatalogue } from './platform/problem-catalogue.ts'
import { createSocketDoor } from './platform/realtime/door.ts'
import { createRealtime, type Heartbeat } from './platform/realtime/index.ts'
import { shareTyping } from './platform/realtime/typing.ts'
import { readOrCreateSecret } from './platform/secret-file.ts'
import { serveWebApp } from './platform/web-app.ts'
import { version } from './version.ts'

export type App = {
  http: FastifyInstance
  platform: Platform
  database: Database
  /** Where the operator opens the outbox, token included. */
  outboxAddress: string
  /** Every declared route, for the document and for tests that must try them all. */
  routes: DeclaredRoute[]
  /** Starts dispatching events and, in this process's role, working on jobs. */
  start: () => Promise<void>
  /** Finishes what is under way: requests, batches, jobs; then closes the pool. */
  stop: () => Promise<void>
}

export type AppOptions = Omit<FoundationOptions, 'connections' | 'committed'> & {
  /** For tests: after how much silence a browser counts as dead. */
  heartbeat?: Heartbeat
}

export async function createApp({ heartbeat, ...options }: AppOptions): Promise<App> {
  const foundation = await layFoundation(options)
  const { platform, http, database, api, signal, authentication, maintenance, dispatcher, jobs, alarms } =
    foundation
  const { people, sharedPresence, thread } = foundation
  const { environment, log, tenancy, limits, secrets, features, refusals } = platform
  const { smtpUrl, publicUrl } = environment
  const stopTracing = await startTracing({ environment, http, log })
  serveMetrics({
    app: http,
    version,
    operatorToken: environment.operatorToken,
    database,
    cache: limits.cache,
    maintenance,
    subscribers: dispatcher.subscribers,
    sockets: () => realtime.count(),
  })
  scheduleHousekeeping({ jobs, tenancy, subscribers: dispatcher.subscribers })
  api.route(operations.meta.get, {
    allow: 'public',
    handle: async () => ({
      version,
      demo: environment.demo,
      sends_mail: smtpUrl !== undefined,
      maintenance: maintenance.current(),
    }),
  })
  const publicDocument = () => openApiDocument(api.declared, version, operations)
  const ownDocument = ownDocuments(publicDocument)
  api.route(operations.meta.openApi, {
    allow: readersOfAny(),
    handle: async ({ actor }: ActorContext) => new JsonText(ownDocument(actor)),
  })
  const operatorToken = environment.operatorToken ?? readOrCreateSecret(environment.dataDir, 'operator-token')
  const pages = operatorPages({ token: operatorToken, publicUrl })
  serveHealth({ app: http, database, cache: limits.cache, version, operatorToken })
  serveOutbox({ app: http, pages, tenancy, secrets, sends: smtpUrl !== undefined, publicUrl })
  await serveDocs(http, publicDocument, readCatalogue(describedProblems))
  await serveWebApp(http)
  const realtime = createRealtime({
    door: createSocketDoor({
      headers: securityHeaders(environment.publicUrl),
      environment,
      counters: limits.requests,
    }),
    server: http.server,
    tenancy,
    signal,
    authentication,
    features,
    maintenance,
    refusals,
    channels: channelDoor(tenancy),
    findOwner: (organization_id, record) => findRecordOwner(tenancy, organization_id, record),
    sharedTyping: environment.redisUrl ? shareTyping(environment.redisUrl, log) : null,
    sharedPresence,
    people,
    heartbeat,
    log,
  })

  return {
    http,
    platform,
    database,
    outboxAddress: pages.addressOf('/operator/outbox'),
    routes: api.declared,
    async start() {
      await signal.start()
      await maintenance.start()
      if (maintenance.current()) {
        alarms.pause(true)
        await jobs.pause()
      }
      await jobs.start()
      if (environment.role !== 'web') {
        await dispatcher.start()
        alarms.start()
      }
    },
    async stop() {
      maintenance.stop()
      await realtime.stop()
      await http.close()
      await alarms.stop()
      await jobs.stop()
      await thread?.stop()
      await dispatcher.stop()
      await signal.stop()
      limits.close()
      await stopTracing?.()
      await refusals.close()
      await database.close()
    },
  }
}

/** The code of it is loaded only where traces are wanted. */
async function startTracing(parts: { environment: Environment; http: FastifyInstance; log: Logger }) {
  const { otlpEndpoint: endpoint, traceRatio: ratio } = parts.environment
  if (endpoint === undefined) return null
  const { traceRequests } = await import('./platform/telemetry/traces.ts')
  return traceRequests({ app: parts.http, endpoint, version, ratio, log: parts.log })
}
