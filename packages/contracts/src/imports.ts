import { z } from 'zod'
import { operation } from './operation.ts'
import { Id, IdParams, Timestamp } from './shared.ts'

export const importStates = [
  'uploaded',
  'validating',
  'running',
  'paused',
  'completed',
  'failed',
  'cancelled',
  'undone',
] as const
export const DuplicatePolicy = z.enum(['create', 'skip', 'fill_empty', 'overwrite'])

/**
 * Column name of the file → field of the object, `first_name` or `last_name` (joined into `full_name`),
 * `custom.<key>`, or null to leave the column out.
 */
export const Mapping = z.record(z.string().max(500), z.string().max(100).nullable())

export const ImportColumn = z.object({
  name: z.string(),
  /** How many rows of the file have a value. */
  filled: z.int(),
  examples: z.array(z.string()),
})

export const Import = z.object({
  id: Id,
  object: z.string(),
  file_name: z.string(),
  state: z.enum(importStates),
  mapping: Mapping.nullable(),
  duplicate_policy: DuplicatePolicy.nullable(),
  done: z.int(),
  total: z.int(),
  created: z.int(),
  updated: z.int(),
  skipped: z.int(),
  failed: z.int(),
  /** Why the whole import failed, in words; null otherwise. */
  problem: z.string().nullable(),
  created_by: Id.nullable(),
  created_at: Timestamp,
  finished_at: Timestamp.nullable(),
})
export type Import = z.infer<typeof Import>

export const ImportUpload = Import.extend({
  columns: z.array(ImportColumn),
  guessed_mapping: Mapping,
  sample: z.array(z.record(z.string(), z.string())),
})
export type ImportUpload = z.infer<typeof ImportUpload>

export const RowError = z.object({
  row: z.int(),
  column: z.string().nullable(),
  value: z.string(),
  /** Of the first thing that is wrong, for programs. */
  code: z.string(),
  /** All that is wrong, in the language of who asks. */
  message: z.string(),
})

const Plan = z.strictObject({ mapping: Mapping, duplicate_policy: DuplicatePolicy.default('create') })

export const imports = {
  list: operation({
    method: 'GET',
    path: '/crm/imports',
    summary: 'Imports, newest first',
    reply: z.object({ items: z.array(Import), next_cursor: z.null() }),
  }),
  upload: operation({
    method: 'POST',
    path: '/crm/imports',
    summary: 'Upload a CSV file and get its columns, a guessed mapping and a sample',
    multipart: true,
    body: z.strictObject({ object: z.enum(['lead']) }),
    status: 201,
    reply: ImportUpload,
  }),
  validate: operation({
    method: 'POST',
    path: '/crm/imports/{id}/validate',
    summary: 'Dry run over the whole file',
    params: IdParams,
    body: Plan,
    reply: z.object({
      /** The sum of the four below. */
      total: z.int(),
      new: z.int(),
      /** Rows that mean a lead which is there, or an earlier row, and will change it. */
      update: z.int(),
      /** The same, but they will not change it: skipped, or under `create` made a second time. */
      duplicate: z.int(),
      invalid: z.int(),
      /** The first 200 row errors; `invalid` counts all of them. */
      errors: z.array(RowError),
    }),
  }),
  start: operation({
    method: 'POST',
    path: '/crm/imports/{id}/start',
    summary: 'Run the import in the background',
    params: IdParams,
    body: Plan,
    status: 202,
    reply: Import,
  }),
  get: operation({
    method: 'GET',
    path: '/crm/imports/{id}',
    summary: 'State and progress of an import',
    params: IdParams,
    reply: ImportUpload,
  }),
  cancel: operation({
    method: 'POST',
    path: '/crm/imports/{id}/cancel',
    summary: 'Stop a running import; rows that are in stay in',
    params: IdParams,
    reply: Import,
  }),
  errorFile: operation({
    method: 'GET',
    path: '/crm/imports/{id}/errors.csv',
    summary: 'The failed rows as they came, with the reason, to correct and import again',
    params: IdParams,
    media: 'text/csv',
  }),
}
