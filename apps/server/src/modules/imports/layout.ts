/** What the analysis of an uploaded file found; kept with the import, so every later pass reads it alike. */
import type { fileEncodings, ImportColumn } from '@rapport/contracts'
import type { z } from 'zod'
import type { DecimalMark } from './numbers.ts'

export type Encoding = (typeof fileEncodings)[number]

export type FileFormat = {
  encoding: Encoding
  delimiter: string
  /** A blank follows every delimiter and belongs to it. */
  spaced: boolean
  /** The first line is Excel's `sep=;`, not the header. */
  declared: boolean
  /** The file is an error file of ours: its values carry the guard against formulas. */
  guarded: boolean
  /** The rows come from a workbook, whose cells have been written as delimited text. */
  workbook?: boolean
}

export type LayoutColumn = z.infer<typeof ImportColumn> & { decimal_mark: DecimalMark }

export type Layout = {
  format: FileFormat
  columns: LayoutColumn[]
  guessed_mapping: Record<string, string | null>
  is_remembered?: boolean
  sample: Record<string, string>[]
  /** A short number that tells the rows apart: it names rows that have no name. */
  number_column: string | null
}

/** Last column of an error file. */
export const errorColumn = 'import_error'
