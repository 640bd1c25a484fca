/**
 * The process environment, read and checked in one place. A wrong value stops the start with a message that
 * names the variable, because a default taken silently is found out weeks later.
 */
import { resolve } from 'node:path'
import { z } from 'zod'
import { defaultQuotas, RequestQuotas } from './limits/settings.ts'
import {
  missingProviderVariables,
  providerSecrets,
  ProviderVariables,
  readProviders,
  type ProviderSettings,
} from './provider-settings.ts'
import { parseProxy } from './proxies.ts'
import { readOrCreateSecret } from './secret-file.ts'
import type { Bucket } from './storage/bucket.ts'

export const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const
const ROLES = ['all', 'web', 'worker'] as const
const NODE_ENVIRONMENTS = ['development', 'production', 'test'] as const

export type LogLevel = (typeof logLevels)[number]
export type Role = (typeof ROLES)[number]

export interface Environment {
  port: number
  /** What to listen on: this machine only in development, everything in production. */
  host: string
  /** Absolute path: embedded database, uploaded files, generated secret. */
  dataDir: string
  /** Without it the server runs its own embedded PostgreSQL in the data directory. */
  databaseUrl: string | undefined
  secret: string
  /** Where files are kept instead of the data directory, if anywhere. */
  bucket: Bucket | undefined
  /** Of one attached file, in bytes. */
  largestFile: number
  /** What secrets at rest are sealed with: the first seals, the others only open what they sealed once. */
  secretKeys: readonly string[]
  /** Where requests to addresses that users gave may go. */
  outgoingPorts: readonly number[]
  /** Set, this process only reads, and says why; without words of the operator's own it is empty. */
  maintenanceNotice: string | undefined
  /** The public address, without a slash at its end. */
  publicUrl: string
  demo: boolean
  role: Role
  operatorToken: string | undefined
  /** Where mails are handed over; without it they are kept for the outbox page. */
  smtpUrl: string | undefined
  /** The sender of mails: `Rapport <no-reply@example.com>` */
  mailFrom: string
  /** Shared by several processes; without it each counts and remembers by itself. */
  redisUrl: string | undefined
  /** Requests a minute that each kind of caller has. */
  quotas: RequestQuotas
  /** Other origins whose pages may call the API with a token. */
  corsOrigins: readonly string[]
  /** Proxies that may say whom they speak for: `loopback`, addresses and networks. */
  trustedProxies: readonly string[]
  /** Where people may log in beside here. */
  providers: readonly ProviderSettings[]
  logLevel: LogLevel
  /** Where unexpected errors are reported, if anywhere. */
  sentryDsn: string | undefined
  /** Where traces are sent by OTLP over HTTP, if anywhere, and which part of them. */
  otlpEndpoint: string | undefined
  traceRatio: number
  production: boolean
}

export class EnvironmentError extends Error {
  override name = 'EnvironmentError'
}

function oneOf<const T extends readonly [string, ...string[]]>(values: T) {
  return z.enum(values, { error: `one of ${values.join(', ')}` })
}

function url(protocols: RegExp, expected: string) {
  return z
    .string()
    .refine((value) => URL.canParse(value) && protocols.test(new URL(value).protocol), { error: expected })
}

const Port = z
  .string()
  .regex(/^\d{1,5}$/, { error: 'a port number from 0 to 65535' })
  .transform(Number)
  .refine((port) => port <= 65535, { error: 'a port number from 0 to 65535' })

/** `https://app.example.com, https://intern.example.com`: origins as a browser sends them. */
const Origins = z
  .string()
  .transform((text) => text.split(',').map((origin) => origin.trim()))
  .refine(
    (origins) =>
      origins.every(
        (origin) => /^https?:/.test(origin) && URL.canParse(origin) && new URL(origin).origin === origin,
      ),
    { error: 'origins such as https://app.example.com, separated by commas' },
  )

const Proxies = z
  .string()
  .transform((text) => text.split(',').map((proxy) => proxy.trim()))
  .refine((proxies) => proxies.every((proxy) => parseProxy(proxy) !== null), {
    error: 'loopback, addresses and networks such as loopback, 10.0.0.0/8',
  })

const Variables = z.object({
  ...ProviderVariables,
  PORT: Port.default(3000),
  HOST: z.string().min(1).optional(),
  RAPPORT_DATA_DIR: z.string().default('./.data'),
  DATABASE_URL: url(
    /^postgres(ql)?:$/,
    'a PostgreSQL address such as postgres://user:password@host:5432/rapport',
  ).optional(),
  RAPPORT_SECRET: z.string().min(32, { error: 'at least 32 random characters' }).optional(),
  RAPPORT_SECRET_KEYS: z
    .string()
    .transform((list) => list.split(',').map((key) => key.trim()))
    .refine((keys) => keys.every((key) => key.length >= 32), {
      error: 'keys of at least 32 random characters each, separated by commas, the current one first',
    })
    .optional(),
  S3_ENDPOINT: url(/^https?:$/, 'an http or https address such as https://s3.example.com').optional(),
  S3_BUCKET: z
    .string()
    .regex(/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/, { error: 'the name of a bucket' })
    .optional(),
  S3_KEY: z.string().min(1).optional(),
  S3_SECRET: z.string().min(1).optional(),
  S3_REGION: z.string().min(1).default('auto'),
  RAPPORT_MAX_FILE_MB: z.coerce
    .number({ error: 'a number of megabytes' })
    .int({ error: 'a whole number of megabytes' })
    .min(1, { error: 'at least 1' })
    .max(2_048, { error: 'at most 2048' })
    .default(100),
  RAPPORT_MAINTENANCE: z.string().max(500, { error: 'a notice of at most 500 characters, or 1' }).optional(),
  RAPPORT_OUTGOING_PORTS: z
    .string()
    .regex(/^\d{1,5}(\s*,\s*\d{1,5})*$/, { error: 'port numbers separated by commas, such as 443,8443' })
    .transform((list) => list.split(',').map(Number))
    .default([443, 8443]),
  RAPPORT_URL: url(/^https?:$/, 'an http or https address such as https://crm.example.com').optional(),
  RAPPORT_DEMO: oneOf(['0', '1']).optional(),
  RAPPORT_ROLE: oneOf(ROLES).default('all'),
  OPERATOR_TOKEN: z.string().min(16, { error: 'at least 16 random characters' }).optional(),
  REDIS_URL: url(/^rediss?:$/, 'a Redis address such as redis://host:6379').optional(),
  RAPPORT_LIMITS: RequestQuotas.default(defaultQuotas),
  RAPPORT_CORS_ORIGINS: Origins.default([]),
  RAPPORT_TRUSTED_PROXIES: Proxies.default(['loopback']),
  SMTP_URL: url(/^smtps?:$/, 'an SMTP address such as smtps://user:password@mail.example.com').optional(),
  MAIL_FROM: z
    .string()
    .regex(/^(?:[^<>\r\n]+ )?<?[^\s<>,@]+@[^\s<>,@]+>?$/, {
      error: 'a sender such as "Rapport <no-reply@example.com>"',
    })
    .optional(),
  LOG_LEVEL: oneOf(logLevels).default('info'),
  SENTRY_DSN: url(/^https?:$/, 'an address such as https://key@sentry.example.com/1').optional(),
  OTEL_EXPORTER_OTLP_ENDPOINT: url(
    /^https?:$/,
    'an http or https address such as http://localhost:4318',
  ).optional(),
  OTEL_TRACES_SAMPLER_ARG: z.coerce
    .number({ error: 'a part from 0 to 1' })
    .min(0, { error: 'a part from 0 to 1' })
    .max(1, { error: 'a part from 0 to 1' })
    .default(1),
  NODE_ENV: oneOf(NODE_ENVIRONMENTS).default('development'),
})

/** These are never repeated in a message that may end up in a log. */
const SECRET_VARIABLES = new Set([
  'DATABASE_URL',
  'RAPPORT_SECRET',
  'RAPPORT_SECRET_KEYS',
  'SENTRY_DSN',
  'OPERATOR_TOKEN',
  'SMTP_URL',
  'S3_KEY',
  'S3_SECRET',
  ...providerSecrets,
])

function describeProblem(issue: z.core.$ZodIssue, source: NodeJS.ProcessEnv): string {
  const name = String(issue.path[0])
  const found = SECRET_VARIABLES.has(name) ? 'the value given' : JSON.stringify(source[name])
  return `${name}: ${found} is not valid; expected ${issue.message}.`
}

/** Compose files and shells pass a variable that is not set as an empty text. */
function withoutEmpty(source: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(source).filter(([, value]) => value?.trim()))
}

export function readEnvironment(source: NodeJS.ProcessEnv = process.env): Environment {
  const given = withoutEmpty(source)
  const parsed = Variables.safeParse(given)
  if (!parsed.success) {
    const problems = parsed.error.issues.map((issue) => describeProblem(issue, given))
    throw new EnvironmentError(`The environment is not usable.\n  ${problems.join('\n  ')}`)
  }
  const values = parsed.data
  const missing = missingProviderVariables(values)
  if (missing.length > 0)
    throw new EnvironmentError(
      `The environment is not usable.\n  ${missing.map(({ name, beside }) => `${name}: is missing; ${beside} needs it.`).join('\n  ')}`,
    )
  const dataDir = resolve(values.RAPPORT_DATA_DIR)
  const secret = values.RAPPORT_SECRET ?? createSecretIn(dataDir)
  const publicUrl = (values.RAPPORT_URL ?? `http://localhost:${values.PORT}`).replace(/\/+$/, '')
  return {
    port: values.PORT,
    host: values.HOST ?? (values.NODE_ENV === 'production' ? '0.0.0.0' : 'localhost'),
    dataDir,
    databaseUrl: values.DATABASE_URL,
    secret,
    bucket: readBucket(values),
    largestFile: values.RAPPORT_MAX_FILE_MB * 1024 * 1024,
    outgoingPorts: values.RAPPORT_OUTGOING_PORTS,
    maintenanceNotice: values.RAPPORT_MAINTENANCE === '1' ? '' : values.RAPPORT_MAINTENANCE,
    // What was sealed before RAPPORT_SECRET_KEYS was first set must still open.
    secretKeys: [...(values.RAPPORT_SECRET_KEYS ?? []), secret],
    publicUrl,
    demo: (values.RAPPORT_DEMO ?? (values.NODE_ENV === 'development' ? '1' : '0')) === '1',
    role: values.RAPPORT_ROLE,
    operatorToken: values.OPERATOR_TOKEN,
    smtpUrl: values.SMTP_URL,
    mailFrom: values.MAIL_FROM ?? `Rapport <no-reply@${new URL(publicUrl).hostname}>`,
    redisUrl: values.REDIS_URL,
    quotas: values.RAPPORT_LIMITS,
    corsOrigins: values.RAPPORT_CORS_ORIGINS,
    trustedProxies: values.RAPPORT_TRUSTED_PROXIES,
    providers: readProviders(values),
    logLevel: values.LOG_LEVEL,
    sentryDsn: values.SENTRY_DSN,
    otlpEndpoint: values.OTEL_EXPORTER_OTLP_ENDPOINT,
    traceRatio: values.OTEL_TRACES_SAMPLER_ARG,
    production: values.NODE_ENV === 'production',
  }
}

type BucketVariables = Pick<
  z.output<typeof Variables>,
  'S3_ENDPOINT' | 'S3_BUCKET' | 'S3_KEY' | 'S3_SECRET' | 'S3_REGION'
>

/** All of it or nothing: a bucket that is half set would keep files where nobody looks for them. */
function readBucket(values: BucketVariables): Bucket | undefined {
  const {
    S3_ENDPOINT: endpoint,
    S3_BUCKET: bucket,
    S3_KEY: key,
    S3_SECRET: secret,
    S3_REGION: region,
  } = values
  if (endpoint && bucket && key && secret) return { endpoint, bucket, key, secret, region }
  const given = { S3_ENDPOINT: endpoint, S3_BUCKET: bucket, S3_KEY: key, S3_SECRET: secret }
  if (Object.values(given).every((value) => value === undefined)) return undefined
  const missing = Object.entries(given).flatMap(([name, value]) => (value === undefined ? [name] : []))
  throw new EnvironmentError(
    `The environment is not usable.\n  ${missing.map((name) => `${name}: is missing; files are kept in a bucket with all of S3_ENDPOINT, S3_BUCKET, S3_KEY and S3_SECRET.`).join('\n  ')}`,
  )
}

function createSecretIn(dataDir: string): string {
  try {
    return readOrCreateSecret(dataDir, 'secret')
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new EnvironmentError(
      `The environment is not usable.\n  RAPPORT_DATA_DIR: ${JSON.stringify(dataDir)} cannot hold the secret (${reason}); ` +
        'expected a directory that this user may write, or RAPPORT_SECRET set.',
      { cause: error },
    )
  }
}
