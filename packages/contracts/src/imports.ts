import { z } from 'zod'
import { customFieldTypes } from './custom-fields.ts'
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

/** What a running import is at: bringing rows in, linking records of the file with each other, or taking all back. */
export const importPhases = ['rows', 'links', 'undo'] as const

/** The people of a deal: no field of it, yet a column of a file can name them. */
export const contactsTarget = 'contacts'

/**
 * Column name of the file → field of the object, `first_name` or `last_name` (joined into `full_name`),
 * `custom.<key>`, or null to leave the column out. A relation takes the id, external id, e-mail, domain or name of
 * the record that it leads to, `stage_id` the name or id of a stage; `contacts` of a deal takes one person or several,
 * apart by semicolons.
 */
export const Mapping = z.record(z.string().max(500), z.string().max(100).nullable())

export const DateOrder = z.enum(['day_first', 'month_first'])
export type DateOrder = z.infer<typeof DateOrder>

export const fileEncodings = [
  'utf-8',
  'utf-16le',
  'utf-16be',
  'windows-1252',
  'windows-1250',
  'windows-1251',
  'iso-8859-2',
  'iso-8859-15',
  'macintosh',
  'koi8-r',
  'gb18030',
  'big5',
  'shift_jis',
  'euc-kr',
] as const
/** How the bytes of a file become rows. Workbooks are always read alike: their cells have been written as UTF-8. */
export const FileReading = z.object({
  encoding: z.enum(fileEncodings),
  delimiter: z.string().length(1),
  /** The row with the names of the columns, as a sheet counts: reports have a title above them. 0 where there are none. */
  header_row: z.int().min(0).max(1000),
})

export const ImportColumn = z.object({
  name: z.string(),
  /** How many rows of the file have a value. */
  filled: z.int(),
  examples: z.array(z.string()),
  /** What a custom field for it would be; null where a column is empty. */
  suggested_field: z
    .object({
      key: z.string(),
      label: z.string(),
      type: z.enum(customFieldTypes),
      options: z.array(z.string()),
    })
    .nullable(),
  /** The relation that its name says, where the records are not there that it names. */
  missing_relation: z.string().nullable(),
  /** Whether its dates begin with the day or the month, as its values show; null where they do not. */
  date_order: DateOrder.nullable(),
})

export const Import = z.object({
  id: Id,
  object: z.string(),
  file_name: z.string(),
  state: z.enum(importStates),
  phase: z.enum(importPhases),
  mapping: Mapping.nullable(),
  duplicate_policy: DuplicatePolicy.nullable(),
  done: z.int(),
  total: z.int(),
  created: z.int(),
  updated: z.int(),
  skipped: z.int(),
  failed: z.int(),
  /** Whether rules of assignment and other automation see the new records. */
  automation: z.boolean(),
  /** Whether companies that cells name are made where there are none, and how many were. */
  create_companies: z.boolean(),
  companies: z.int(),
  /** Whether rows come in of which something cannot be read, and how many did: that is kept as it was written. */
  keep_unreadable: z.boolean(),
  unreadable: z.int(),
  /** Records that the undo has taken back, and that it left because somebody changed them since. */
  undone: z.int(),
  kept: z.int(),
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
  /** The guess is what was chosen for the last file with these columns. */
  is_remembered: z.boolean(),
  reading: FileReading.extend({
    is_workbook: z.boolean(),
    /** Of a workbook, those with rows that can be chosen; the hidden ones where nothing else has rows. */
    sheets: z.array(z.string()),
    /** The sheet that is read; null where the file is no workbook. */
    sheet: z.string().nullable(),
  }),
  sample: z.array(z.record(z.string(), z.string())),
})
export type ImportUpload = z.infer<typeof ImportUpload>

export const RowError = z.object({
  row: z.int(),
  column: z.string().nullable(),
  value: z.string(),
  /** The row comes in all the same, and what is wrong is kept beside the record as it was written. */
  is_kept: z.boolean(),
  /** Of the first thing that is wrong, for programs. */
  code: z.string(),
  /** All that is wrong, in the language of who asks. */
  message: z.string(),
})

const Plan = z.strictObject({
  mapping: Mapping,
  duplicate_policy: DuplicatePolicy.default('create'),
  /** For columns whose dates do not show it; the organization's country says otherwise. */
  date_order: DateOrder.optional(),
  /** Lets rules of assignment choose owners; off unless wanted. */
  automation: z.boolean().default(false),
  /** Makes companies that cells name and that are not there, instead of refusing their rows. */
  create_companies: z.boolean().default(false),
  /** Brings in rows of which something cannot be read: it is kept as text under `custom`, and its field stays empty. */
  keep_unreadable: z.boolean().default(false),
})

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
    summary: 'Upload a CSV, TSV or XLSX file and get its columns, a guessed mapping and a sample',
    multipart: true,
    body: z.strictObject({
      object: z
        .string()
        .max(63)
        .describe('lead, contact, company, deal, product, or the key of a custom object'),
    }),
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
      /** Of the new and updated rows, those of which something would be kept as text. */
      unreadable: z.int(),
      /** Stages that the pipelines do not have: their rows begin at the first one and keep the word. */
      unknown_stages: z.array(z.object({ name: z.string(), rows: z.int() })),
      /** Companies that would be made because cells name them; the first 50 by their names. */
      new_companies: z.object({ count: z.int(), names: z.array(z.string()) }),
      /** The first 200 rows of which something is wrong; `invalid` and `unreadable` count all of them. */
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
  reread: operation({
    method: 'POST',
    path: '/crm/imports/{id}/reading',
    summary:
      'Read an uploaded file with another encoding or delimiter, another sheet of a workbook, or names in another row',
    params: IdParams,
    body: z.strictObject({
      encoding: z.enum(fileEncodings).optional(),
      delimiter: z.string().length(1).optional(),
      sheet: z.string().max(500).optional(),
      header_row: z.int().min(0).max(1000).optional(),
    }),
    reply: ImportUpload,
  }),
  pause: operation({
    method: 'POST',
    path: '/crm/imports/{id}/pause',
    summary: 'Hold a running import between two batches',
    params: IdParams,
    reply: Import,
  }),
  resume: operation({
    method: 'POST',
    path: '/crm/imports/{id}/resume',
    summary: 'Let a paused import go on',
    params: IdParams,
    reply: Import,
  }),
  undo: operation({
    method: 'POST',
    path: '/crm/imports/{id}/undo',
    summary:
      'Take back all that an import did: new records go to the trash, changed fields get their values of before',
    params: IdParams,
    status: 202,
    reply: Import,
  }),
  kept: operation({
    method: 'GET',
    path: '/crm/imports/{id}/kept',
    summary: 'Records that the undo left as they are, with the fields that were changed since',
    params: IdParams,
    reply: z.object({
      items: z.array(
        z.object({
          object: z.string(),
          record_id: Id,
          name: z.string().nullable(),
          fields: z.array(z.string()),
        }),
      ),
      next_cursor: z.null(),
    }),
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
