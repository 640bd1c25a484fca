/** The list of modules: a table of contents of the server. */
import { operations } from '@rapport/contracts'
import type { FastifyInstance } from 'fastify'
import type { Logger } from 'pino'
import { describedProblems } from './described-problems.ts'
import { apiKeysModule, createKeyring, type Keyring } from './modules/api-keys/index.ts'
import { assignmentModule } from './modules/assignment/index.ts'
import { attachmentsModule } from './modules/attachments/index.ts'
import { auditModule } from './modules/audit/index.ts'
import { createAuthentication, identityModule, type IdentityLimits } from './modules/identity/index.ts'
import { bulkModule } from './modules/bulk/index.ts'
import { channelDoor, chatModule } from './modules/chat/index.ts'
import { companiesModule } from './modules/companies/index.ts'
import { contactsModule } from './modules/contacts/index.ts'
import { customFieldsModule } from './modules/custom-fields/index.ts'
import { customObjectsModule } from './modules/custom-objects/index.ts'
import { dashboardsModule } from './modules/dashboards/index.ts'
import { duplicatesModule } from './modules/duplicates/index.ts'
import { dealsModule } from './modules/deals/index.ts'
import { conversionModule } from './modules/conversion/index.ts'
import { exportsModule } from './modules/exports/index.ts'
import { featuresModule } from './modules/features/index.ts'
import { figuresModule } from './modules/figures/index.ts'
import { forecastModule } from './modules/forecast/index.ts'
import { followUpsModule } from './modules/follow-ups/index.ts'
import { goalsModule } from './modules/goals/index.ts'
import { importsModule } from './modules/imports/index.ts'
import { leadsModule } from './modules/leads/index.ts'
import { forgetMember, privacyModule } from './modules/privacy/index.ts'
import {
  invitationDesk,
  leaveOrganization,
  membersModule,
  replaceInvitedRole,
} from './modules/members/index.ts'
import { notificationsModule } from './modules/notifications/index.ts'
import { notesModule } from './modules/notes/index.ts'
import { timelinesModule } from './modules/timelines/index.ts'
import { createDefaultPipelines, pipelinesModule } from './modules/pipelines/index.ts'
import { noteSeen, presenceModule } from './modules/presence/index.ts'
import { productsModule } from './modules/products/index.ts'
import { pushModule } from './modules/push/index.ts'
import { findRecordOwner, readersOfAny, totalsModule } from './modules/records/index.ts'
import { rolesModule } from './modules/roles/index.ts'
import { searchModule } from './modules/search/index.ts'
import { stagedModule } from './modules/staged/index.ts'
import { tagsModule } from './modules/tags/index.ts'
import { tasksModule } from './modules/tasks/index.ts'
import { teamsModule } from './modules/teams/index.ts'
import { undoModule } from './modules/undo/index.ts'
import { viewsModule } from './modules/views/index.ts'
import { createAlarms } from './platform/alarms.ts'
import { createRefusals } from './platform/audit/index.ts'
import { openDatabase, refuseUnboundRole, type Database } from './platform/database.ts'
import type { Environment } from './platform/environment.ts'
import { createDispatcher } from './platform/events/dispatcher.ts'
import { createCommitSignal } from './platform/events/signal.ts'
import { createFeatures } from './platform/features/index.ts'
import { createGuardedFetch, type GuardedFetchSettings } from './platform/guarded-fetch/index.ts'
import { serveHealth } from './platform/health.ts'
import { createApi, type DeclaredRoute } from './platform/http/api.ts'
import { serveDocs } from './platform/http/docs.ts'
import { openApiDocument } from './platform/http/openapi.ts'
import { ownDocuments } from './platform/http/own-openapi.ts'
import { JsonText, type ActorContext } from './platform/http/route.ts'
import { operatorPages } from './platform/http/operator-page.ts'
import { securityHeaders } from './platform/http/headers.ts'
import { limitRequests } from './platform/http/rate-limits.ts'
import { scheduleHousekeeping } from './platform/housekeeping.ts'
import { createServer } from './platform/http/server.ts'
import { createJobs } from './platform/jobs.ts'
import { createLimits } from './platform/limits/index.ts'
import { createMaintenance } from './platform/maintenance/index.ts'
import { createMail, keepMail, serveOutbox, smtpDelivery } from './platform/mail/index.ts'
import { serveMetrics } from './platform/metrics/index.ts'
import type { Module, Platform } from './platform/platform.ts'
import { readCatalogue } from './platform/problem-catalogue.ts'
import { createSocketDoor } from './platform/realtime/door.ts'
import { createPeople, type People } from './platform/realtime/people.ts'
import { createRealtime, type Heartbeat } from './platform/realtime/index.ts'
import { shareTyping } from './platform/realtime/typing.ts'
import { sharePresence } from './platform/realtime/shared-presence.ts'
import { createSecrets } from './platform/secrets/index.ts'
import { readOrCreateSecret } from './platform/secret-file.ts'
import { createStorage } from './platform/storage/index.ts'
import { createTenancy } from './platform/tenancy.ts'
import { serveWebApp } from './platform/web-app.ts'

export const version = '0.1.0'

const modulesOf = (
  authentication: ReturnType<typeof createAuthentication>,
  keyring: Keyring,
  people: People,
  http: FastifyInstance,
  limits?: IdentityLimits,
): Module[] => [
  identityModule({
    authentication,
    onOrganizationCreated: [createDefaultPipelines],
    invitations: invitationDesk,
    leaveOrganization,
    forgetMember,
    limits,
  }),
  membersModule({ authentication }),
  rolesModule({ onRoleReplaced: [replaceInvitedRole] }),
  teamsModule,
  pipelinesModule,
  stagedModule,
  tagsModule,
  customFieldsModule,
  leadsModule,
  companiesModule,
  contactsModule,
  productsModule,
  dealsModule,
  followUpsModule,
  forecastModule,
  goalsModule,
  tasksModule,
  assignmentModule,
  figuresModule,
  dashboardsModule,
  customObjectsModule,
  timelinesModule,
  attachmentsModule,
  notesModule({ actorOf: (user_id, organization_id) => authentication.actorOf(user_id, organization_id) }),
  chatModule({
    actorOf: (user_id, organization_id) => authentication.actorOf(user_id, organization_id),
    people,
  }),
  notificationsModule({
    actorOf: (user_id, organization_id) => authentication.actorOf(user_id, organization_id),
    people,
    http,
  }),
  pushModule,
  totalsModule,
  viewsModule,
  searchModule,
  auditModule,
  featuresModule,
  privacyModule({
    actorOf: (user_id, organization_id) => authentication.actorOf(user_id, organization_id),
  }),
  bulkModule({ actorOf: (user_id, organization_id) => authentication.actorOf(user_id, organization_id) }),
  duplicatesModule({
    actorOf: (user_id, organization_id) => authentication.actorOf(user_id, organization_id),
  }),
  exportsModule({ actorOf: (user_id, organization_id) => authentication.actorOf(user_id, organization_id) }),
  conversionModule,
  undoModule,
  apiKeysModule(keyring),
  importsModule({ actorOf: (user_id, organization_id) => authentication.actorOf(user_id, organization_id) }),
]

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

export type AppOptions = {
  environment: Environment
  databaseUrl: string
  log: Logger
  limits?: IdentityLimits
  /** For tests: after how much silence a browser counts as dead. */
  heartbeat?: Heartbeat
  /** For tests, whose peers are on this machine: which names and addresses are called. */
  outgoing?: Omit<GuardedFetchSettings, 'ports'>
}

export async function createApp({
  environment,
  databaseUrl,
  log,
  limits: identityLimits,
  outgoing,
  heartbeat,
}: AppOptions): Promise<App> {
  const database = openDatabase(databaseUrl, log)
  await refuseUnboundRole(database)
  const signal = createCommitSignal(database, log)
  const tenancy = createTenancy(database, signal.committed)
  const features = createFeatures({ tenancy, signal })
  const refusals = createRefusals({ tenancy, log })
  const limits = createLimits({ environment, log })
  const http = await createServer(log, environment)
  const countCallers = limitRequests(http, limits.requests)
  const keyring = createKeyring({ tenancy, limits, log })
  const authentication = createAuthentication({ environment, tenancy, keyring })
  // Heard first, so that nobody who reacts to the same commit still meets the former permissions.
  signal.subscribe({
    committed: ({ organization_id, changes_access }) => {
      if (changes_access) authentication.forgetOrganization(organization_id)
    },
    recheck: authentication.forgetEverybody,
  })
  const maintenance = createMaintenance({ environment, tenancy, log })
  const api = createApi({
    app: http,
    tenancy,
    authentication,
    secret: environment.secret,
    countCallers,
    refusals,
    features,
    maintenance,
  })
  const dispatcher = createDispatcher({ tenancy, signal, log })
  const jobs = createJobs({ database, log, role: environment.role })
  const alarms = createAlarms({ tenancy, log })
  const pauseJobs = (paused: boolean) => {
    alarms.pause(paused)
    void (paused ? jobs.pause() : jobs.resume()).catch((error: unknown) =>
      log.error({ err: error, paused }, 'jobs could not be paused or go on'),
    )
  }
  maintenance.onChange((state) => pauseJobs(state !== null))
  const storage = createStorage(environment)
  const secrets = createSecrets(environment.secretKeys)
  const { smtpUrl, mailFrom, publicUrl } = environment
  const deliver = smtpUrl ? smtpDelivery(smtpUrl, mailFrom) : keepMail
  const mail = createMail({ tenancy, jobs, secrets, deliver, log, publicUrl })
  const sharedPresence = environment.redisUrl ? sharePresence(environment.redisUrl, log) : null
  const people = createPeople({ shared: sharedPresence, log, onSeen: noteSeen(tenancy) })
  const platform: Platform = {
    environment,
    log,
    api,
    tenancy,
    refusals,
    events: dispatcher,
    jobs,
    alarms,
    storage,
    secrets,
    features,
    guardedFetch: createGuardedFetch({ ...outgoing, ports: environment.outgoingPorts }),
    mail,
    limits,
  }

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
  for (const module of modulesOf(authentication, keyring, people, http, identityLimits)) module(platform)
  presenceModule(people)(platform)
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
