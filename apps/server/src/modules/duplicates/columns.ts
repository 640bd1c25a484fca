/** Which fields of an object are compared, and as what: from its description and from what the first records hold. */
import { customPrefix, type FieldType } from '@rapport/contracts'
import type { RecordDescription, StoredField } from '../../platform/lists/index.ts'
import type { Column, Kind, Values } from './model/columns.ts'

/** A column together with where its values are in a row. */
export type Source = { column: Column; valuesOf: (row: Row) => Values[number] }
export type Row = { id: string; custom: Record<string, unknown> } & Record<string, unknown>

const kinds: Partial<Record<FieldType, Kind>> = {
  text: 'words',
  email: 'email',
  emails: 'email',
  phone: 'phone',
  phones: 'phone',
  url: 'web',
  date: 'date',
  number: 'number',
  money: 'number',
  percent: 'number',
  select: 'choice',
  relation: 'choice',
}

/** How a record is dealt with, or where it came from: nothing about whom or what it is of. */
const aboutDealing = new Set(
  'external_id source status lost_reason score probability currency time_zone pipeline_id stage_id'.split(
    ' ',
  ),
)
const nameWords = /(?:^|[_\s])(?:name|names|surname|forename|nome|nomes|sobrenome|apelido)(?:$|[_\s])/i

/** @param records as the organization has them, with its own fields; @param first some rows, to see what texts hold. */
export function sourcesOf(records: RecordDescription, first: readonly Row[]): Source[] {
  const fields = [...records.fields.values()].filter(
    (field) => field.writable && !aboutDealing.has(field.name),
  )
  const plain = fields.flatMap((field) => plainSource(records, field))
  const own = [...records.own.values()].flatMap((field) => ownSource(field))
  const described = new Set([...records.own.keys(), ...records.untold])
  const keys = new Set(
    first.flatMap(({ custom }) => Object.keys(custom)).filter((key) => !described.has(key)),
  )
  const loose = records.has_custom ? [...keys].map((key) => customSource(key, 'words', key)) : []
  return together([...plain, ...own, ...loose]).map((source) => refine(source, first))
}

function plainSource(records: RecordDescription, { name, type, column }: StoredField): Source[] {
  const kind = kinds[type]
  if (!kind) return []
  const is_name = name === records.title || nameWords.test(name)
  return [
    {
      column: { name, kind: name === 'full_name' ? 'person' : kind, is_name },
      valuesOf: (row) => asValue(row[column]),
    },
  ]
}

function ownSource({ name, type, label }: StoredField): Source[] {
  const kind = kinds[type]
  return kind ? [customSource(name.slice(customPrefix.length), kind, label ?? name)] : []
}

const customSource = (key: string, kind: Kind, label: string): Source => ({
  column: { name: customPrefix + key, kind, is_name: nameWords.test(label) || nameWords.test(key) },
  valuesOf: ({ custom }) => asValue(custom[key]),
})

function asValue(value: unknown): Values[number] {
  if (Array.isArray(value)) return value.map(String)
  if (value === null || value === undefined || typeof value === 'object') return null
  return String(value)
}

/** An address counts whichever of its fields it stands in, and so does a number. */
function together(sources: Source[]): Source[] {
  const several = (['email', 'phone'] as const).flatMap((kind) => {
    const those = sources.filter(({ column }) => column.kind === kind)
    const [first] = those
    if (!first || those.length === 1) return those
    const valuesOf = (row: Row) => those.flatMap((source) => source.valuesOf(row) ?? [])
    return [{ column: { ...first.column, name: kind }, valuesOf }]
  })
  return [...sources.filter(({ column }) => column.kind !== 'email' && column.kind !== 'phone'), ...several]
}

/** Each word has a digit, as in `SW1A 1AA`; `12 Mill Street` is an address. */
const codeForm = /^(?:(?=\S*\d)[\p{L}\d./-]+(?: |$))+$/u
const mostly = 0.9

/** Texts that are numbers or marks, as a postcode, are compared sign by sign, and so are whole numbers. */
function refine(source: Source, first: readonly Row[]): Source {
  const { column } = source
  if (column.kind !== 'words' && column.kind !== 'number') return source
  const values = first.flatMap((row) => source.valuesOf(row) ?? [])
  const form = column.kind === 'words' ? codeForm : /^-?\d+$/
  const fitting = values.filter((value) => form.test(value.trim())).length
  if (values.length === 0 || fitting < values.length * mostly) return source
  return { ...source, column: { ...column, kind: 'code' } }
}
