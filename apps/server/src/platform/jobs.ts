/** Background work that survives a crash. Queued in the transaction of its cause, run by any worker. */
import type { Ctx } from './tenancy.ts'

export type JobHandler = (data: JobData, signal: AbortSignal) => Promise<void>
/** Whom a job belongs to is part of its data; handlers open their own tenant transactions. */
export type JobData = { organization_id: string; user_id: string | null } & Record<string, string | null>

export type Jobs = {
  /** Declares what runs jobs of this kind. At least once: a handler continues where a crash left it. */
  work: (kind: string, handler: JobHandler) => void
  /** Queues a job in the transaction of `ctx`: it exists exactly when that commits. */
  enqueue: (ctx: Ctx, kind: string, data: Omit<JobData, 'organization_id' | 'user_id'>) => Promise<void>
  /** Runs `handler` by a cron expression (UTC), once per due time across all processes. */
  schedule: (name: string, cron: string, handler: () => Promise<void>) => void
}
