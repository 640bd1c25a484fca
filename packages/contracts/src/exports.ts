/** Files with the records of a list: made by a job, kept for a while, fetched by whoever asked for them. */
import { z } from 'zod'
import { jobStates, maxBulkIds } from './jobs.ts'
import { ListQuery } from './lists.ts'
import { operation } from './operation.ts'
import { Id, IdParams, line, page, Timestamp } from './shared.ts'

export const exportFormats = ['csv', 'xlsx'] as const
export type ExportFormat = (typeof exportFormats)[number]

/** How long a file can be fetched. */
export const export_days = 7

const FieldName = z.string().min(1).max(100)

const ExportColumn = z.union([
  FieldName,
  z.strictObject({
    field: FieldName,
    label: line(200),
    options: z
      .record(z.string().max(200), line(200))
      .optional()
      .describe(
        'Words for values out of a closed list, by the value; values without one are written as they are',
      ),
  }),
])
export type ExportColumn = z.output<typeof ExportColumn>

export const NewExport = z
  .strictObject({
    object: z.string().regex(/^[a-z][a-z0-9_]{0,62}$/, 'must be the name of an object'),
    format: z.enum(exportFormats).default('csv'),
    view_id: Id.optional().describe('Its columns, filter and sort, as far as none are given'),
    filter: z.record(z.string(), z.unknown()).optional().describe('As in lists; all records without one'),
    q: ListQuery.shape.q,
    sort: ListQuery.shape.sort,
    ids: z.array(Id).min(1).max(maxBulkIds).optional().describe('Only these of them'),
    columns: z
      .array(ExportColumn)
      .min(1)
      .max(300)
      .optional()
      .describe(
        'Fields in their order, each with a heading and words for its options if they are not to be their names; deals also have `contacts`',
      ),
    delimiter: z.enum([',', ';', '\t']).default(',').describe('Of CSV'),
    localized: z
      .boolean()
      .default(false)
      .describe('Numbers and times in CSV as the caller writes them, not as programs do'),
  })
  .refine(({ ids, filter, q }) => ids === undefined || (filter === undefined && q === undefined), {
    path: ['ids'],
    message: 'give either ids or a filter',
  })
export type NewExport = z.output<typeof NewExport>

export const Export = z.object({
  id: Id,
  /** The same id, for the routes of jobs. */
  job_id: Id,
  object: z.string(),
  format: z.enum(exportFormats),
  file_name: z.string(),
  state: z.enum(jobStates),
  done: z.int(),
  total: z.int(),
  /** Null until the file is there, and when it is there no more. */
  bytes: z.int().nullable(),
  /** Why it failed, in words. */
  problem: z.string().nullable(),
  created_at: Timestamp,
  finished_at: Timestamp.nullable(),
  expires_at: Timestamp.nullable(),
})
export type Export = z.infer<typeof Export>

export const exports = {
  list: operation({
    method: 'GET',
    path: '/crm/exports',
    summary: "The caller's own exports, newest first",
    reply: page(Export),
  }),
  create: operation({
    method: 'POST',
    path: '/crm/exports',
    summary: 'Write the records of a list into a file, as far as the caller may read them when it is written',
    body: NewExport,
    status: 202,
    reply: Export,
    problems: [404],
  }),
  get: operation({
    method: 'GET',
    path: '/crm/exports/{id}',
    summary: 'State and progress of an export of the caller',
    params: IdParams,
    reply: Export,
  }),
  file: operation({
    method: 'GET',
    path: '/crm/exports/{id}/file',
    summary: 'The file of an export of the caller, once it is completed',
    params: IdParams,
    media: 'application/octet-stream',
    problems: [409],
  }),
}
