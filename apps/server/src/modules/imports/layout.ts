/** What the analysis of an uploaded file found; kept with the import, so every later pass reads it alike. */
import type { fileEncodings, ImportColumn } from '@rapport/contracts'
import type { z } from 'zod'
import type { Marks } from './readers.ts'

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
  /** In which row the names of the columns stand, as a sheet counts; 0 where there are none. Found where it is not told. */
  header_row?: number
  /** The rows come from a workbook, whose cells have been written as delimited text. */
  workbook?: boolean
  /** Of a workbook, all that has rows, in the order in which they are offered. */
  sheets?: SheetText[]
}

/** The rows of a sheet in a file of their own, or why there is none. */
export type SheetText = { name: string; file_key: string } | { name: string; file_key: null; refusal: string }

type Column = z.infer<typeof ImportColumn>

/** What was looked for only later is missing in files of before. */
export type LayoutColumn = Omit<Column, 'missing_relation'> &
  Partial<Pick<Column, 'missing_relation'>> &
  Pick<Marks, 'decimal_mark'> &
  Partial<Pick<Marks, 'is_share'>>

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

type Uploaded = { file_key: string; layout: Pick<Layout, 'format'> }

/** Where the rows are that an import reads, and those of sheets that were not chosen. */
export function filesOf({ file_key, layout: { format } }: Uploaded): Set<string> {
  const others = (format.sheets ?? []).map((sheet) => sheet.file_key)
  return new Set([file_key, ...others.filter((key) => key !== null)])
}
