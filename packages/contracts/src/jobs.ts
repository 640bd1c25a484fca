import { z } from 'zod'
import { operation } from './operation.ts'
import { Id, IdParams, page, Timestamp, Version } from './shared.ts'
import { TagList } from './tags.ts'

export const jobStates = ['queued', 'running', 'completed', 'failed', 'cancelled'] as const
export type JobState = (typeof jobStates)[number]

export const bulkActions = ['update', 'assign', 'tag', 'delete', 'restore'] as const
export type BulkAction = (typeof bulkActions)[number]

/** What a job does to its records. */
export const jobActions = [...bulkActions, 'scan', 'export'] as const
export type JobAction = (typeof jobActions)[number]

/** How long a change can be taken back. */
export const undo_hours = 24
/** More records than this are chosen by a filter. */
export const maxBulkIds = 10_000
/** Of the refused records, as many are told with their reasons. */
export const toldFailures = 100

/** Which records: these, or all that the caller may read and that the filter and search find now. */
const selection = {
  ids: z.array(Id).min(1).max(maxBulkIds).optional(),
  filter: z
    .record(z.string(), z.unknown())
    .optional()
    .describe('As in lists; {"and":[]} means all. Of the trash for restore, of the live records otherwise'),
  q: z.string().max(200).optional().describe('Search text, together with filter'),
}

type Selected = { ids?: unknown; filter?: unknown; q?: unknown }
const oneSelection = ({ ids, filter }: Selected) => (ids === undefined) !== (filter === undefined)
const searchesFilter = ({ filter, q }: Selected) => q === undefined || filter !== undefined

/** What can be done to many records at once; `values` are those of a single change, without a version. */
export function bulkRequest<const Change extends z.ZodType>(Change: Change) {
  const values = Change.refine(
    (given) => Object.values(given as object).some((value) => value !== undefined),
    'must change at least one field',
  ).refine((given) => (given as { version?: unknown }).version === undefined, {
    path: ['version'],
    message: 'cannot be given for many records',
  })
  return z
    .discriminatedUnion('action', [
      z.strictObject({ ...selection, action: z.literal('update'), values }),
      z
        .strictObject({
          ...selection,
          action: z.literal('assign'),
          owner_id: Id.nullable().optional(),
          by_rules: z.literal(true).optional().describe('Each to whom the rules of assignment choose'),
        })
        .refine(({ owner_id, by_rules }) => (owner_id === undefined) !== (by_rules === undefined), {
          path: ['owner_id'],
          message: 'give either a member or by_rules',
        }),
      z
        .strictObject({
          ...selection,
          action: z.literal('tag'),
          add: TagList.optional(),
          remove: TagList.optional(),
        })
        .refine(({ add = [], remove = [] }) => add.length + remove.length > 0, {
          path: ['add'],
          message: 'give tags to add or to remove',
        }),
      z.strictObject({ ...selection, action: z.literal('delete') }),
      z.strictObject({ ...selection, action: z.literal('restore') }),
    ])
    .refine(oneSelection, { path: ['ids'], message: 'give either ids or a filter' })
    .refine(searchesFilter, { path: ['q'], message: 'searches together with a filter' })
}

export const JobStarted = z.object({ job_id: Id })

export const Job = z.object({
  id: Id,
  /**
   * `undo` takes back what the job in `undoes` did; `scan` looks for duplicates, and an `export` writes a file: neither
   * changes a record.
   */
  kind: z.enum(['bulk', 'undo', 'scan', 'export']),
  object: z.string(),
  /** Of an undo, what it takes back. */
  action: z.enum(jobActions),
  state: z.enum(jobStates),
  done: z.int(),
  total: z.int(),
  /** Records that are different now; the others were so already, or were refused. */
  changed: z.int(),
  /** Records that were refused, in whole or in part. */
  failed: z.int(),
  /** Why the whole job failed, in words. */
  problem: z.string().nullable(),
  /** Until then it can be taken back; null for an undo, and before anything is changed. */
  undo_until: Timestamp.nullable(),
  undoes: Id.nullable(),
  undone_by: Id.nullable(),
  created_at: Timestamp,
  finished_at: Timestamp.nullable(),
})
export type Job = z.infer<typeof Job>

export const JobFailure = z.object({
  id: Id,
  /** Null when the caller may not read the record. */
  name: z.string().nullable(),
  code: z.string(),
  message: z.string(),
})
export type JobFailure = z.infer<typeof JobFailure>

export const JobReport = Job.extend({
  /** The first ones; `failed` counts all of them. */
  failures: z.array(JobFailure),
})
export type JobReport = z.infer<typeof JobReport>

export const jobs = {
  list: operation({
    method: 'GET',
    path: '/jobs',
    summary: "The caller's own jobs of the last days, newest first",
    reply: page(Job),
  }),
  get: operation({
    method: 'GET',
    path: '/jobs/{id}',
    summary: 'State and progress of a job of the caller, with the records that were refused',
    params: IdParams,
    reply: JobReport,
  }),
  cancel: operation({
    method: 'POST',
    path: '/jobs/{id}/cancel',
    summary: 'Stop a job; what is changed stays changed and can be undone',
    params: IdParams,
    reply: Job,
  }),
  undo: operation({
    method: 'POST',
    path: '/jobs/{id}/undo',
    summary: 'Take back what a job changed, by another job; what others changed since stays theirs',
    params: IdParams,
    status: 202,
    reply: JobStarted,
  }),
}

export const undoneActions = ['create', 'update', 'move', 'delete', 'restore', 'convert', 'bulk'] as const

/** A change of the caller that can be taken back. */
export const UndoableChange = z.object({
  object: z.string(),
  /** Null of a bulk change. */
  id: Id.nullable(),
  name: z.string().nullable(),
  action: z.enum(undoneActions),
  /** Of a bulk change. */
  job: z.object({ id: Id, action: z.enum(bulkActions), changed: z.int() }).nullable(),
  changed_at: Timestamp,
})
export type UndoableChange = z.infer<typeof UndoableChange>

export const UndoneChange = UndoableChange.extend({
  /** Fields that others changed since: they stay as they are. */
  kept: z.array(z.string()),
  /** The job that takes back a bulk change. */
  job_id: Id.nullable(),
})
export type UndoneChange = z.infer<typeof UndoneChange>

export const undo = {
  peek: operation({
    method: 'GET',
    path: '/crm/undo',
    summary: "The caller's own last change that can be taken back, of the last 24 hours",
    reply: z.object({ change: UndoableChange.nullable() }),
  }),
  undo: operation({
    method: 'POST',
    path: '/crm/undo',
    summary: "Take back the caller's own last change; asked again, the one before it",
    body: z
      .strictObject({ object: z.string().max(60), id: Id, version: Version.optional() })
      .partial()
      .refine(({ object, id }) => (object === undefined) === (id === undefined), {
        path: ['id'],
        message: 'a record is named by object and id',
      })
      .describe('Empty for the last change of all; a record for the last change of that one'),
    reply: UndoneChange,
    problems: [404, 409],
  }),
}
