/** What the thread of the long jobs and the one that answers tell each other. */
import type { JobData } from '../jobs.ts'
import type { Commit } from '../tenancy.ts'

export type Order =
  | { order: 'run'; id: number; kind: string; data: JobData; log_level: string }
  | { order: 'abort'; id: number; reason: string }
  | { order: 'end' }

/** `problem` is null where the job is done. */
export type Told = { told: 'over'; id: number; problem: Error | null } | { told: 'commit'; commit: Commit }
