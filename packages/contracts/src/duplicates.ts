/** Records that are probably the same, and merging them. */
import { z } from 'zod'
import { JobStarted } from './jobs.ts'
import { operation } from './operation.ts'
import { Id, IdParams, page, RelatedRecord, Timestamp } from './shared.ts'

/** From here on a pair is proposed: it is more probable than not. */
export const proposedScore = 0.5
/** From here on it is told as sure. What agrees in nothing but a name stays below. */
export const sureScore = 0.95
export const maxMergedRecords = 20

export const duplicateStates = ['open', 'dismissed', 'merged'] as const
export type DuplicateState = (typeof duplicateStates)[number]

export const agreements = ['same', 'close', 'alike', 'different'] as const
export type Agreement = (typeof agreements)[number]

export const DuplicateReason = z.object({
  field: z
    .string()
    .describe('`custom.<key>` of a field of the organization; `email` and `phone` stand for all of them'),
  agreement: z.enum(agreements),
  weight: z.number().describe('In bits: how much it speaks for them, or below zero against'),
})
export type DuplicateReason = z.infer<typeof DuplicateReason>

const score = z.number().describe('How probable it is that they are the same, 0 to 1')
const reasons = z
  .array(DuplicateReason)
  .describe('The strongest first; without fields that the caller may not see')

export const Duplicate = z.object({
  id: Id,
  object: z.string(),
  ids: z.tuple([Id, Id]),
  names: z.tuple([z.string(), z.string()]).describe('What the two are called'),
  score,
  reasons,
  state: z.enum(duplicateStates),
  found_at: Timestamp,
})
export type Duplicate = z.infer<typeof Duplicate>

/** A record that may be the same as another one, or as what is being entered. */
export const DuplicateOf = z.object({
  id: Id,
  name: z.string(),
  /** The pair, where the finder has found it before. */
  duplicate_id: Id.nullable(),
  score,
  reasons,
})
export type DuplicateOf = z.infer<typeof DuplicateOf>

export const DuplicatesOfRecord = z.object({
  items: z.array(DuplicateOf),
  merged_into: RelatedRecord.nullable().describe('Of a record that was merged: the one that won'),
  merge_id: Id.nullable().describe('The merge that it was lost in, to be taken back'),
})
export type DuplicatesOfRecord = z.infer<typeof DuplicatesOfRecord>

const EnteredValue = z.union([
  z.string().max(2_000),
  z.number(),
  z.boolean(),
  z.null(),
  z.array(z.string().max(300)).max(50),
])

/** As far as it is typed, however that is written: nothing of it is kept. */
export const EnteredRecord = z.strictObject({
  values: z
    .record(z.string().max(100), z.union([EnteredValue, z.record(z.string().max(100), EnteredValue)]))
    .describe('By field, as the API spells them'),
})
export type EnteredRecord = z.infer<typeof EnteredRecord>

export const Merged = z.object({
  merge_id: Id,
  winner: RelatedRecord,
  merged_ids: z.array(Id),
  moved: z.int().describe('Notes, files, follow-ups and other records that belong to the winner now'),
})
export type Merged = z.infer<typeof Merged>

export const UnmergedRecords = z.object({
  winner_id: Id,
  restored_ids: z.array(Id),
  kept: z.array(z.string()).describe('Fields of the winner that somebody set since: they stay as they are'),
})
export type UnmergedRecords = z.infer<typeof UnmergedRecords>

/** `values` are those of a change of the winner, without a version. */
export function mergeRequest<const Change extends z.ZodType>(Change: Change) {
  return z.strictObject({
    ids: z.array(Id).min(2).max(maxMergedRecords).describe('All of them, the winner included'),
    winner_id: Id,
    values: Change.optional().describe('What the winner is given, as taken from the others'),
  })
}

export const duplicates = {
  list: operation({
    method: 'GET',
    path: '/crm/duplicates',
    summary: 'Pairs of records that are probably the same, the most probable first',
    query: z.strictObject({
      object: z.string().max(60).describe('lead, contact, company, deal … or the key of an own object'),
      state: z.enum(duplicateStates).default('open'),
      limit: z.coerce.number().int().min(1).max(200).default(50),
      cursor: z.string().max(200).optional(),
    }),
    reply: page(Duplicate),
  }),
  scan: operation({
    method: 'POST',
    path: '/crm/duplicates/scan',
    summary: 'Look through all records of an object, as a job; pairs that were dismissed stay so',
    body: z.strictObject({ object: z.string().max(60) }),
    status: 202,
    reply: JobStarted,
  }),
  dismiss: operation({
    method: 'POST',
    path: '/crm/duplicates/{id}/dismiss',
    summary: 'Say that the two are not the same: they are not proposed again, and the finder learns from it',
    params: IdParams,
    reply: Duplicate,
  }),
  undoMerge: operation({
    method: 'POST',
    path: '/crm/merges/{id}/undo',
    summary: 'Make several records again of those that were merged; what somebody changed since stays',
    params: IdParams,
    reply: UnmergedRecords,
    problems: [409],
  }),
  reopen: operation({
    method: 'POST',
    path: '/crm/duplicates/{id}/reopen',
    summary: 'Take back that the two are not the same',
    params: IdParams,
    reply: Duplicate,
  }),
}
