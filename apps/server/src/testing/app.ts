/** The whole server on a database of its own, called over HTTP without a socket. For tests. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Session } from '@rapport/contracts'
import type { InjectOptions } from 'fastify'
import { pino, type DestinationStream } from 'pino'
import { createApp, type App, type AppOptions } from '../app.ts'
import { readEnvironment } from '../platform/environment.ts'
import { createLog } from '../platform/log/index.ts'
import { createTestDatabase } from '../platform/testing/index.ts'

/** `body` is the parsed JSON, typed by the caller: `await call<Lead>('GET', …)`. */
export type Answer<Body> = { status: number; headers: Record<string, unknown>; body: Body; text: string }

type CallOptions = { body?: unknown; headers?: Record<string, string> }

/** Calls routes as one member of one organization. */
export type Caller = {
  session: Session
  call: <Body = Record<string, unknown>>(
    method: string,
    path: string,
    options?: CallOptions,
  ) => Promise<Answer<Body>>
}

export type TestApp = {
  app: App
  url: string
  adminUrl: string
  /** Registers a new account with an organization of its own. */
  register: (
    overrides?: Partial<Record<'email' | 'full_name' | 'organization_name', string>>,
  ) => Promise<Caller>
  /** A further member of the owner's organization. */
  join: (owner: Caller, role: string) => Promise<Caller>
  /** Without credentials, or with your own headers. */
  call: Caller['call']
  /** Listens on a free port, for sockets and browsers; answers the address. */
  listen: () => Promise<string>
  stop: () => Promise<void>
}

const password = 'correct horse battery'
let counter = 0

/** @param destination where log lines go, in the form that production writes; to standard output unless told. */
export async function createTestApp(
  variables: Record<string, string> = {},
  destination?: DestinationStream,
  options: Pick<AppOptions, 'outgoing' | 'heartbeat'> = {},
): Promise<TestApp> {
  const database = await createTestDatabase()
  const dataDir = await mkdtemp(join(tmpdir(), 'rapport-test-'))
  const environment = readEnvironment({
    RAPPORT_DATA_DIR: dataDir,
    RAPPORT_SECRET: 'a secret that is only used in tests, always',
    RAPPORT_DEMO: '0',
    // Tests ask faster than anybody may; those about the limits set their own.
    RAPPORT_LIMITS: 'off',
    NODE_ENV: 'test',
    LOG_LEVEL: process.env['LOG_LEVEL'] ?? 'silent',
    ...variables,
  })
  const log = destination
    ? createLog({ environment: { ...environment, production: true }, destination })
    : pino({ level: environment.logLevel })
  const app = await createApp({
    environment,
    databaseUrl: database.url,
    log,
    limits: { perMinute: 100_000, failures: 1000 },
    ...options,
  })
  await app.start()

  async function call<Body>(
    method: string,
    path: string,
    { body, headers = {} }: CallOptions = {},
  ): Promise<Answer<Body>> {
    const request: InjectOptions = { method: method as 'GET', url: `/api${path}`, headers: { ...headers } }
    if (body !== undefined) request.payload = body as Record<string, unknown>
    const reply = await app.http.inject(request)
    const type = String(reply.headers['content-type'] ?? '')
    const json = type.includes('json') && !type.includes('ndjson') && reply.body !== ''
    return {
      status: reply.statusCode,
      headers: reply.headers,
      body: (json ? JSON.parse(reply.body) : undefined) as Body,
      text: reply.body,
    }
  }

  function callerOf(session: Session): Caller {
    const own = { authorization: `Bearer ${session.access_token}`, 'x-org-id': session.organization.id }
    return {
      session,
      call: (method, path, options = {}) =>
        call(method, path, { ...options, headers: { ...own, ...options.headers } }),
    }
  }

  async function register(overrides: Partial<Record<string, string>> = {}): Promise<Caller> {
    counter += 1
    const body = {
      email: `person${counter}@example.com`,
      password,
      full_name: `Person ${counter}`,
      organization_name: `Company ${counter}`,
      ...overrides,
    }
    const reply = await call<Session>('POST', '/auth/register', { body })
    if (reply.status !== 201) throw new Error(`Registration failed: ${reply.text}`)
    return callerOf(reply.body)
  }

  async function joinOrganization(owner: Caller, role: string): Promise<Caller> {
    const guest = await register()
    const organization_id = owner.session.organization.id
    await app.platform.tenancy.inSystem((tx) =>
      tx
        .insertInto('memberships')
        .values({ organization_id, user_id: guest.session.user.id, role })
        .execute(),
    )
    const reply = await guest.call<Session>('POST', '/auth/switch-organization', {
      body: { organization_id },
    })
    if (reply.status !== 200) throw new Error(`Switching failed: ${reply.text}`)
    return callerOf(reply.body)
  }

  return {
    app,
    url: database.url,
    adminUrl: database.adminUrl,
    register,
    join: joinOrganization,
    call,
    listen: () => app.http.listen({ port: 0, host: '127.0.0.1' }),
    async stop() {
      await app.stop()
      await database.drop()
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}
