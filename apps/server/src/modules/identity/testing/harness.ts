/** The identity routes alone, on a database of their own, with a clock and limits that tests may set. */
import { featureNames, type FeatureFlags, type Me, type Organization, type Session } from '@rapport/contracts'
import type { FastifyRequest } from 'fastify'
import { sql } from 'kysely'
import type pg from 'pg'
import { pino } from 'pino'
import { createRefusals } from '../../../platform/audit/index.ts'
import { openDatabase } from '../../../platform/database.ts'
import { readEnvironment } from '../../../platform/environment.ts'
import type { Features } from '../../../platform/features/index.ts'
import { createApi } from '../../../platform/http/api.ts'
import { createServer } from '../../../platform/http/server.ts'
import type { Jobs } from '../../../platform/jobs.ts'
import { createMail, type Letter } from '../../../platform/mail/index.ts'
import { createSecrets } from '../../../platform/secrets/index.ts'
import { createLimits } from '../../../platform/limits/index.ts'
import { notFound } from '../../../platform/problems.ts'
import { createTenancy, type Ctx } from '../../../platform/tenancy.ts'
import { createTestDatabase } from '../../../platform/testing/index.ts'
import { systemActor, type Actor } from '../../../platform/actor.ts'
import { createKeyring } from '../../api-keys/index.ts'
import type { OrganizationHook } from '../accounts.ts'
import { createAuthentication, identityModule, setMembershipActive, type IdentityLimits } from '../index.ts'

type Options = {
  limits?: IdentityLimits
  publicUrl?: string
  /** Mails reach people here; without it they are kept for the operator. */
  smtp?: boolean
  /** Further variables of the environment. */
  variables?: Record<string, string>
  onOrganizationCreated?: OrganizationHook[]
}
type Answer<Body> = { status: number; body: Body; text: string; headers: Record<string, unknown> }
type Problem = { code: string }

export type Harness = Awaited<ReturnType<typeof startIdentity>>

const secret = 'a secret that is only used in tests, always'
export const password = 'correct horse battery'
let counter = 0

export async function startIdentity({
  limits: identityLimits,
  publicUrl,
  smtp = false,
  variables = {},
  onOrganizationCreated = [],
}: Options = {}) {
  const database = await createTestDatabase()
  const log = pino({ level: 'silent' })
  const pool = openDatabase(database.url, log, 6)
  const environment = readEnvironment({
    RAPPORT_SECRET: secret,
    RAPPORT_URL: publicUrl,
    NODE_ENV: 'test',
    ...variables,
    ...(smtp ? { SMTP_URL: 'smtp://127.0.0.1:25' } : {}),
  })
  const clock = { ahead_ms: 0, transactions: 0 }
  const tenancy = createTenancy(pool, () => undefined)
  const counting: typeof tenancy = {
    ...tenancy,
    inSystem(work) {
      clock.transactions += 1
      return tenancy.inSystem(work)
    },
    readTenant(actor, query) {
      clock.transactions += 1
      return tenancy.readTenant(actor, query)
    },
  }
  const later: (() => Promise<void>)[] = []
  const refusals = {
    ...createRefusals({ tenancy, log }),
    inBackground: (work: () => Promise<void>) => void later.push(work),
  }
  const statements = recordStatements(pool.pool)
  const http = await createServer(log, environment)
  const now = () => Date.now() + clock.ahead_ms
  const limits = createLimits({ environment, log })
  const keyring = createKeyring({ tenancy: counting, limits, log, now })
  const authentication = createAuthentication({ environment, tenancy: counting, keyring, now })
  const features: Features = {
    isOn: async () => true,
    flagsOf: async () => Object.fromEntries(featureNames.map((name) => [name, true])) as FeatureFlags,
  }
  const api = createApi({
    app: http,
    tenancy,
    authentication,
    secret,
    countCallers: async () => undefined,
    refusals,
    features,
    maintenance: { refuseWrites: () => undefined },
  })
  const roomy = { perMinute: 100_000, failures: 1000 }
  const scheduled = new Map<string, () => Promise<void>>()
  const workers = new Map<string, (data: Record<string, string | null>) => Promise<void>>()
  const queue: { kind: string; data: Record<string, string | null> }[] = []
  const jobs: Jobs = {
    work: () => undefined,
    enqueue: async () => undefined,
    workSystem: (kind, handler) =>
      void workers.set(kind, (data) => handler(data, new AbortController().signal)),
    enqueueSystem: async (_tx, kind, data) => void queue.push({ kind, data }),
    schedule: (name, _cron, handler) => void scheduled.set(name, handler),
  }
  const nobodyInvited = async (): Promise<never> => {
    throw notFound('invitation', 'like this')
  }
  const invitations = { find: nobodyInvited, accept: nobodyInvited }
  const secrets = createSecrets(environment.secretKeys)
  const letters: Letter[] = []
  const deliver = async (letter: Letter) => {
    letters.push(letter)
    return { state: 'sent' as const }
  }
  const mail = createMail({ tenancy, jobs, secrets, deliver, log, publicUrl: environment.publicUrl })
  const leaveOrganization = async ({ tx, actor: { organization_id, user_id } }: Ctx) => {
    if (user_id !== null) await setMembershipActive(tx, { organization_id, user_id }, false)
  }
  identityModule({
    authentication,
    onOrganizationCreated,
    invitations,
    leaveOrganization,
    forgetMember: async () => undefined,
    limits: identityLimits ?? roomy,
  })({ api, tenancy, jobs, refusals, features, environment, log, limits, secrets, mail })

  /** Runs what was queued, and what that queues, in order. */
  async function runJobs(): Promise<void> {
    for (let work = later.shift(); work; work = later.shift()) await work()
    for (let job = queue.shift(); job; job = queue.shift()) await workers.get(job.kind)?.(job.data)
  }

  async function call<Body = Session & Problem>(
    method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE',
    path: string,
    { body, headers = {} }: { body?: unknown; headers?: Record<string, string> } = {},
  ): Promise<Answer<Body>> {
    const payload = body === undefined ? {} : { payload: body as object }
    const reply = await http.inject({ method, url: `/api${path}`, headers, ...payload })
    return {
      status: reply.statusCode,
      body: (reply.body === '' ? undefined : JSON.parse(reply.body)) as Body,
      text: reply.body,
      headers: reply.headers,
    }
  }

  return {
    call,
    runJobs,
    /** The mails that left so far, once their jobs have run. */
    async letters(): Promise<Letter[]> {
      await runJobs()
      return letters
    },
    /** The statements that the work sends to the database, without their values. */
    statementsOf: (work: () => Promise<void>) => statements.during(work),
    /** What the log of the session's organization holds, once the background has written its part. */
    async auditOf({ organization }: Session) {
      await runJobs()
      const query = sql<{ action: string; record_id: string | null; outcome: string }>`
        SELECT action, record_id, outcome FROM audit_log WHERE organization_id = ${organization.id} ORDER BY seq`
      return tenancy.inTenant(systemActor(organization.id), ({ tx }) => query.execute(tx))
    },
    /** Transactions that authentication opened so far. */
    transactions: () => clock.transactions,
    pool: pool.pool,
    tenancy,
    authentication,
    scheduled,

    /** The actor that a request with these headers would run as. */
    async enter(headers: Record<string, string>, organization_id: string): Promise<Actor> {
      const request = { headers, method: 'GET' } as FastifyRequest
      const who = await authentication.identify(request)
      const actor = who && (await authentication.actorIn(who, organization_id))
      if (!actor) throw new Error('These headers do not open this organization.')
      return actor
    },

    /** Makes the person a member, as an invitation would. */
    async join({ user }: Session, organization_id: string, role = 'sales') {
      const membership = { organization_id, user_id: user.id, role }
      await tenancy.inSystem((tx) => tx.insertInto('memberships').values(membership).execute())
    },

    /** Ends the membership, as another process would. */
    async leave({ user }: Session, organization_id: string) {
      await tenancy.inSystem((tx) =>
        tx
          .updateTable('memberships')
          .set({ deactivated_at: new Date() })
          .where('organization_id', '=', organization_id)
          .where('user_id', '=', user.id)
          .execute(),
      )
    },

    /** Runs the work with the clock so far ahead. */
    async later(ahead_ms: number, work: () => Promise<void>) {
      clock.ahead_ms = ahead_ms
      try {
        await work()
      } finally {
        clock.ahead_ms = 0
      }
    },

    me: (headers: Record<string, string>) => call<Me>('GET', '/users/me', { headers }),
    current: (headers: Record<string, string>) =>
      call<Organization>('GET', '/organizations/current', { headers }),
    logIn: (email: string, more: Record<string, string> = {}) =>
      call('POST', '/auth/login', { body: { email, password, ...more } }),
    logOut: (headers: Record<string, string>) => call('POST', '/auth/logout', { headers }),
    exchange: (refresh_token: string, headers: Record<string, string> = {}) =>
      call('POST', '/auth/refresh', { body: { refresh_token }, headers }),

    /** A new person with an organization of their own: the whole answer, cookie included. */
    async register(overrides: Record<string, string> = {}) {
      counter += 1
      const person = { email: `person${counter}@example.com`, full_name: `Person ${counter}`, password }
      return call('POST', '/auth/register', { body: { ...person, ...overrides } })
    },
    async stop() {
      await http.close()
      await refusals.close()
      await pool.close()
      await database.drop()
    },
  }
}

export const bearer = ({ access_token }: Session) => ({ authorization: `Bearer ${access_token}` })

export const inOrganization = (session: Session, organization_id = session.organization.id) => ({
  ...bearer(session),
  'x-org-id': organization_id,
})

/** The Cookie header that a browser would send after this answer. */
export const cookieOf = ({ headers }: { headers: Record<string, unknown> }): string =>
  String(headers['set-cookie']).split(';')[0] ?? ''

/** Notes the text of every statement that goes through the pool. */
function recordStatements(pool: pg.Pool) {
  let noted: string[] | null = null
  const known = new WeakSet<pg.PoolClient>()
  pool.on('acquire', (client) => {
    if (known.has(client)) return
    known.add(client)
    const query = client.query.bind(client) as (...values: unknown[]) => unknown
    const noting = (...values: unknown[]) => {
      if (typeof values[0] === 'string') noted?.push(values[0])
      return query(...values)
    }
    client.query = noting as typeof client.query
  })
  return {
    async during(work: () => Promise<void>): Promise<string[]> {
      noted = []
      try {
        await work()
        return noted
      } finally {
        noted = null
      }
    },
  }
}
