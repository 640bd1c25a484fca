/** Reads an uploaded file once from end to end and says what is in it. Broken files are refused here. */
import type { Readable } from 'node:stream'
import { createBreath } from '../../platform/breathing.ts'
import { unguard } from '../../platform/formula-guard.ts'
import { detectSeparation } from './delimiter.ts'
import { guessMapping, isAskedForAll, mayLeadTo, type Leads } from './guess.ts'
import { customKeys, nameColumns } from './header.ts'
import { findHeader } from './header-row.ts'
import { errorColumn, type Encoding, type FileFormat, type Layout } from './layout.ts'
import { ColumnProfile } from './profile.ts'
import { namedIn } from './links.ts'
import type { ReadingContext } from './readers.ts'
import { refuseFile, rowsOf, type FileRow } from './rows.ts'

export const mostColumns = 1000
const sampleRows = 10

/** What was read, before it is known what it means. */
export type Profile = {
  format: FileFormat
  columns: readonly ColumnProfile[]
  sample: Layout['sample']
  total: number
}

export function detectFormat(head: Buffer, encoding: Encoding): FileFormat {
  return { encoding, guarded: false, ...detectSeparation(new TextDecoder(encoding).decode(head)) }
}

export async function profileFile(bytes: Readable, format: FileFormat): Promise<Profile> {
  const rows = rowsOf(bytes, format)
  const found = await findHeader(rows, format.header_row)
  if (!found) throw refuseFile('file_empty', format.header_row ?? 1, 'the file has no row')
  const { header, below } = found
  refuseTooWide(header)
  const names = nameColumns(header.cells)
  const guarded = names.at(-1) === errorColumn
  const isRemembered = isAskedForAll(names)
  const columns = names.map(
    (name) => new ColumnProfile(name, { isOfWorkbook: format.workbook, isRemembered: isRemembered(name) }),
  )
  const sample: Record<string, string>[] = []
  let total = 0
  const breathe = createBreath()
  for await (const { cells: raw, is_note } of below) {
    const pause = breathe()
    if (pause) await pause
    total += 1
    if (is_note) continue
    const cells = guarded ? raw.map(unguard) : raw
    for (const [index, column] of columns.entries()) column.add(cells[index] ?? '')
    if (sample.length < sampleRows) sample.push(recordOf(names, cells))
  }
  if (total === 0) throw refuseFile('rows_missing', header.row, 'there is a header but no row below it')
  return { format: { ...format, guarded, header_row: header.row }, columns, sample, total }
}

function refuseTooWide({ row, cells }: FileRow): void {
  if (cells.length > mostColumns)
    throw refuseFile(
      'too_many_columns',
      row,
      `the header has ${cells.length} columns; at most ${mostColumns} can be imported`,
    )
}

/** Texts of columns that may lead to other records, by the object that they would be of. */
export function namedByColumns(
  { columns }: Profile,
  context: ReadingContext,
): { to: string; text: string }[] {
  return columns.flatMap((column) =>
    mayLeadTo(column, context).flatMap(({ name, to = '' }) =>
      [...new Set(column.values)].flatMap((text) => namedIn(name, text)).map((text) => ({ to, text })),
    ),
  )
}

/** By what a row names another one of its file, beside its title. */
const namingFields: ReadonlySet<string> = new Set(['external_id', 'code', 'domain', 'email'])

export function describeProfile(
  { format, columns, sample }: Profile,
  context: ReadingContext,
  leads: Leads,
): Layout {
  const { kind } = context
  const alone = guessMapping(columns, context).mapping
  const names = columns.filter(
    ({ name }) => namingFields.has(alone[name] ?? '') || alone[name] === kind.title,
  )
  const ownRelations = new Set(
    [...kind.fields.values()].filter(({ to }) => to === kind.object).map(({ name }) => name),
  )
  const leadsHere: Leads = (field, text) =>
    leads(field, text) || (ownRelations.has(field) && names.some((one) => one.holds(text)))
  const { mapping, missing, number_column } = guessMapping(columns, context, leadsHere)
  const keys = customKeys(
    columns.map(({ name }) => name),
    context.own.map(({ key }) => key),
  )
  return {
    format,
    columns: columns.map((profile, index) => {
      const { name, filled, examples, marks } = profile
      const key = keys[index] ?? ''
      const label = name.slice(0, 120)
      const suggested_field = filled === 0 ? null : { key, label, ...profile.type.suggest(name) }
      return { name, filled, examples, suggested_field, missing_relation: missing[name] ?? null, ...marks }
    }),
    guessed_mapping: mapping,
    sample,
    number_column,
  }
}

const recordOf = (names: readonly string[], cells: readonly string[]) =>
  Object.fromEntries(names.map((name, index) => [name, (cells[index] ?? '').slice(0, 500)]))
