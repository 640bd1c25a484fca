/** Which rows of an uploaded file are read, and how: as somebody chose who saw what was found by itself. */
import type { operations } from '@rapport/contracts'
import type { z } from 'zod'
import { invalidField } from '../../platform/problems.ts'
import type { FileFormat } from './layout.ts'
import type { ImportRow } from './repository.ts'

type Choice = z.infer<typeof operations.imports.reread.body>
type Read = { file_key: string; format: FileFormat }

/**
 * The cells of a workbook need no reading, and only a workbook has sheets. Read otherwise, a file may have its names
 * elsewhere, so they are looked for anew unless their row is told.
 */
export function readAs(
  { file_key, layout: { format } }: ImportRow,
  { sheet, header_row, ...choice }: Choice,
): Read {
  const given = Object.fromEntries(Object.entries(choice).filter(([, value]) => value !== undefined))
  const [needless] = format.workbook ? Object.keys(given) : []
  if (needless !== undefined) throw invalidField(needless, 'unknown_field', 'is not asked of a workbook')
  return {
    file_key: sheet === undefined ? file_key : fileOf(format, sheet),
    format: withHeader(
      Object.keys(given).length > 0 ? { ...format, spaced: false, ...given } : format,
      header_row,
    ),
  }
}

const withHeader = ({ header_row: _, ...format }: FileFormat, header_row: number | undefined): FileFormat =>
  header_row === undefined ? format : { ...format, header_row }

function fileOf({ sheets = [] }: FileFormat, name: string): string {
  const sheet = sheets.find((one) => one.name === name)
  if (!sheet) throw invalidField('sheet', 'unknown_sheet', 'is not a sheet of this file')
  if (sheet.file_key === null) throw invalidField('sheet', 'sheet_unreadable', sheet.refusal)
  return sheet.file_key
}
