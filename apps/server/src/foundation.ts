/** The list of modules, a table of contents of the server, and what they stand on. */
import type { FastifyInstance } from 'fastify'
import type { Logger } from 'pino'
import { apiKeysModule, createKeyring, type Keyring } from './modules/api-keys/index.ts'
import { assignmentModule } from './modules/assignment/index.ts'
import { attachmentsModule } from './modules/attachments/index.ts'
import { auditModule } from './modules/audit/index.ts'
import { createAuthentication, identityModule, type IdentityLimits } from './modules/identity/index.ts'
import { bulkModule } from './modules/bulk/index.ts'
import { chatModule } from './modules/chat/index.ts'
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
import { totalsModule } from './modules/records/index.ts'
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
import { openDatabase, refuseUnboundRole } from './platform/database.ts'
import type { Environment } from './platform/environment.ts'
import { createDispatcher } from './platform/events/dispatcher.ts'
import { createCommitSignal } from './platform/events/signal.ts'
import { createFeatures } from './platform/features/index.ts'
import { createGuardedFetch, type GuardedFetchSettings } from './platform/guarded-fetch/index.ts'
import { createApi } from './platform/http/api.ts'
import { limitRequests } from './platform/http/rate-limits.ts'
import { createServer } from './platform/http/server.ts'
import { createJobs } from './platform/jobs.ts'
import { createLimits } from './platform/limits/index.ts'
import { createMaintenance } from './platform/maintenance/index.ts'
import { createMail, keepMail, smtpDelivery } from './platform/mail/index.ts'
import type { Module, Platform } from './platform/platform.ts'
import { createPeople, type People } from './platform/realtime/people.ts'
import { sharePresence } from './platform/realtime/shared-presence.ts'
import { createSecrets } from './platform/secrets/index.ts'
import { createStorage } from './platform/storage/index.ts'
import { createTenancy } from './platform/tenancy.ts'
import { createJobThread } from './platform/job-thread/job-thread.ts'
import type { CommitListener } from './platform/tenancy.ts'

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

export type FoundationOptions = {
  environment: Environment
  databaseUrl: string
  log: Logger
  limits?: IdentityLimits
  /** For tests, whose peers are on this machine: which names and addresses are called. */
  outgoing?: Omit<GuardedFetchSettings, 'ports'>
  /** The most connections to the database; the usual number unless told. */
  connections?: number
  /** Told of commits in the place of everybody who waits for events. */
  committed?: CommitListener
  /** Whether long jobs run in a thread of their own. */
  jobThread?: boolean
}

const threadEntry = new URL('./job-thread.ts', import.meta.url)

/** Everything that the modules stand on, and the modules; nothing of it runs yet, and nobody can call it. */
export async function layFoundation({
  environment,
  databaseUrl,
  log,
  limits: identityLimits,
  outgoing,
  connections,
  committed,
  jobThread = false,
}: FoundationOptions) {
  const database = openDatabase(databaseUrl, log, connections)
  await refuseUnboundRole(database)
  const signal = createCommitSignal(database, log)
  const tenancy = createTenancy(database, committed ?? signal.committed)
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
  const thread = jobThread
    ? createJobThread({ entry: threadEntry, data: { databaseUrl }, log, committed: signal.committed })
    : null
  const jobs = createJobs({ database, log, role: environment.role, elsewhere: thread?.run })
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

  for (const module of modulesOf(authentication, keyring, people, http, identityLimits)) module(platform)
  presenceModule(people)(platform)
  return {
    platform,
    thread,
    database,
    http,
    api,
    signal,
    authentication,
    maintenance,
    dispatcher,
    jobs,
    alarms,
    people,
    sharedPresence,
  }
}
