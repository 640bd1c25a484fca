/** What every module is given. It knows no CRM word. */
import type { Logger } from 'pino'
import type { Alarms } from './alarms.ts'
import type { Refusals } from './audit/index.ts'
import type { Environment } from './environment.ts'
import type { Subscriptions } from './events/subscriptions.ts'
import type { Features } from './features/index.ts'
import type { GuardedFetch } from './guarded-fetch/index.ts'
import type { Api } from './http/route.ts'
import type { Jobs } from './jobs.ts'
import type { Limits } from './limits/index.ts'
import type { Mail } from './mail/index.ts'
import type { Secrets } from './secrets/index.ts'
import type { Storage } from './storage/index.ts'
import type { Tenancy } from './tenancy.ts'

export type Platform = {
  environment: Environment
  log: Logger
  api: Api
  tenancy: Tenancy
  /** Refusals for the audit log, bounded and counted. */
  refusals: Refusals
  events: Subscriptions
  jobs: Jobs
  /** What is due at a time, to the second. */
  alarms: Alarms
  storage: Storage
  limits: Limits
  /** Encryption at rest; each sealed column is declared and listed in sealed-columns.ts. */
  secrets: Secrets
  /** What each organization has switched off; a route names its feature beside `allow`. */
  features: Features
  /** The only way out for addresses that users gave; the import rules refuse modules any other. */
  guardedFetch: GuardedFetch
  mail: Mail
}

/** A module declares its routes, subscriptions and jobs; nothing runs before all modules have. */
export type Module = (platform: Platform) => void
