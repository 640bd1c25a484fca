/**
 * Which columns a file has, and how a value comes into its cells: names instead of ids, amounts instead of stored units.
 * The database answers each record as one line of texts, which costs a fraction of decoding its values one by one.
 */
import { contactsTarget, moneyScale } from '@rapport/contracts'
import { sql, type RawBuilder } from 'kysely'
import type { Actor } from '../../platform/actor.ts'
import {
  fieldOf,
  ownValue,
  relatedTitle,
  relationsOf,
  type RecordDescription,
  type StoredField,
} from '../../platform/lists/index.ts'
import { invalidField } from '../../platform/problems.ts'
import { dealLinking, linkedNames } from '../contacts/index.ts'
import type { Names } from './names.ts'

export type CellKind = 'text' | 'number' | 'date' | 'datetime'
export type Column = {
  heading: string
  kind: CellKind
  /** The value of the record `r` as a text; null where there is none. */
  value: RawBuilder<unknown>
  /** What that text stands for. */
  read?: (text: string) => string
  /** A text as it stands in a column of the record: the database can look at it more than once. */
  is_plain?: boolean
}

/** What a person cannot read or what has no value of its own. */
const notByThemselves: ReadonlySet<string> = new Set(['links', 'checklist'])

type Reading = {
  names: Names
  /** Times are those of the session's time zone, and not followed by a sign of UTC. */
  local: boolean
}
export type AskedColumn = {
  field: string
  /** The heading; its name without one. */
  label: string | null
  /** Words for values out of a closed list. */
  options?: Readonly<Record<string, string>> | undefined
}

/** @param seen the records as the caller sees them. */
export function columnsOf(
  seen: RecordDescription,
  actor: Actor,
  wanted: readonly AskedColumn[] | null,
  { names, local }: Reading,
): Column[] {
  const fields = [...seen.fields.values(), ...seen.own.values()].filter(
    ({ type }) => !notByThemselves.has(type),
  )
  const hasContacts = seen.object === dealLinking.definition.records.object
  const all = [...fields.map(({ name }) => name), ...(hasContacts ? [contactsTarget] : [])]
  const chosen = wanted ?? all.map((name): AskedColumn => ({ field: name, label: null }))
  return chosen.map(({ field: name, label, options }, place): Column => {
    if (hasContacts && name === contactsTarget)
      return { heading: label ?? name, kind: 'text', value: linkedNames(actor, dealLinking) }
    const field = fieldOf(seen, name)
    if (!field)
      throw invalidField(
        `columns.${place}`,
        'unknown_field',
        `"${name.slice(0, 100)}" is not a field of these records`,
      )
    return { heading: label ?? field.label ?? name, ...cellOf(seen, actor, field, { names, local, options }) }
  })
}

const stamped = ['stage_id', 'pipeline_id'] as const
type Stamped = (typeof stamped)[number]
const isStamped = (name: string): name is Stamped => stamped.some((one) => one === name)

function cellOf(
  seen: RecordDescription,
  actor: Actor,
  field: StoredField,
  { names, local, options }: Reading & Pick<AskedColumn, 'options'>,
): Omit<Column, 'heading'> {
  const { name, type, column, stored } = field
  const raw = field.own ? ownValue(field) : sql.ref(`r.${column}`)
  if (field.rows) return { kind: 'text', value: sql`${field.rows.told('r')}::text`, read: namesIn }
  if (type === 'user') return { kind: 'text', value: sql`${raw}::text`, read: names.member }
  if (isStamped(name)) return { kind: 'text', value: sql`${raw}::text`, read: names[name] }
  if (type === 'relation') {
    const relation = relationsOf(seen).find((one) => one.field === field)
    if (relation) return { kind: 'text', value: relatedTitle(relation, actor) }
  }
  if (type === 'money' && !field.own)
    return { kind: 'number', value: sql`(${raw}::float8 / ${sql.lit(moneyScale)})::text` }
  if (stored === 'int4' || stored === 'int8' || stored === 'float8')
    return { kind: 'number', value: sql`${raw}::text` }
  if (type === 'date') return { kind: 'date', value: sql`${raw}::text` }
  if (type === 'datetime')
    return { kind: 'datetime', value: timeOf(field, raw), read: local ? asLocal : asInstant }
  if (stored === 'text[]')
    return field.own
      ? { kind: 'text', value: sql`${raw}::text`, read: (json) => listIn(json, options) }
      : { kind: 'text', value: sql`array_to_string(${raw}, ', ')` }
  const value = sql`${raw}::text`
  return options
    ? { kind: 'text', value, read: (text) => inWords(text, options) }
    : { kind: 'text', value, is_plain: !field.own }
}

/** Own values are kept as the API spells them; what is none is not told. */
const timeOf = ({ own }: StoredField, raw: RawBuilder<unknown>): RawBuilder<unknown> =>
  own
    ? sql`(CASE WHEN ${raw} ~ '^\\d{4}-\\d\\d-\\d\\dT' THEN (${raw})::timestamptz::text END)`
    : sql`${raw}::text`

/** From how the database writes it, `2026-01-31 12:00:00.5+00`. */
const asLocal = (text: string): string => `${text.slice(0, 10)}T${text.slice(11, 19)}`
const asInstant = (text: string): string => `${asLocal(text)}Z`

const inWords = (value: string, options: AskedColumn['options']): string =>
  options && Object.hasOwn(options, value) ? (options[value] ?? value) : value

/** A word with such a sign could not be told from two of them when the file is imported. */
const partsValues = /[;,|]/

const listIn = (json: string, options: AskedColumn['options']): string =>
  (JSON.parse(json) as unknown[])
    .map((one) => {
      const word = inWords(String(one), options)
      return partsValues.test(word) ? String(one) : word
    })
    .join(', ')
const namesIn = (json: string): string =>
  json === '[]' ? '' : (JSON.parse(json) as { name: string }[]).map(({ name }) => name).join(', ')

/** No value holds it: control characters are refused wherever one is entered. */
export const separator = '\u001f'
/** A function takes no more arguments than a hundred. */
const together = 50

/** What `guard` does, by the first sign of the text: a regular expression for every value would cost more than the rest. */
const guarded = (text: RawBuilder<unknown>): RawBuilder<unknown> => sql`CASE ascii(${text})
  WHEN 61 THEN '''' || ${text} WHEN 43 THEN '''' || ${text} WHEN 45 THEN '''' || ${text} WHEN 64 THEN '''' || ${text}
  WHEN 9 THEN '''' || ${text} WHEN 13 THEN '''' || ${text}
  WHEN 39 THEN CASE WHEN ${text} ~ '^''+[=+@\t\r-]' THEN '''' || ${text} ELSE ${text} END
  ELSE coalesce(${text}, '') END`

/**
 * All values of a record as one text.
 * @param options `guarded`: plain texts that a spreadsheet would run are made harmless; the others still have to be.
 */
export function lineOf(columns: readonly Column[], options: { guarded: boolean }): RawBuilder<string> {
  const parts = columns.map(({ value, is_plain }) =>
    options.guarded && is_plain ? guarded(value) : sql`coalesce(${value}, '')`,
  )
  const groups = Array.from({ length: Math.ceil(parts.length / together) }, (_, place) =>
    parts.slice(place * together, (place + 1) * together),
  )
  const join = (some: RawBuilder<unknown>[]) => sql`concat_ws(${sql.lit(separator)}, ${sql.join(some)})`
  return sql<string>`${groups.length === 1 ? join(groups[0] ?? []) : join(groups.map(join))}`
}

/** The cells of such a text, in the order of the columns. */
export function takerApart(columns: readonly Column[]): (line: string) => string[] {
  const read = columns.flatMap(({ read: readCell }, place) => (readCell ? [{ place, readCell }] : []))
  return (line) => {
    const cells = line.split(separator)
    if (cells.length !== columns.length) throw new Error('A value holds the sign that separates values.')
    for (const { place, readCell } of read) {
      const cell = cells[place] ?? ''
      if (cell !== '') cells[place] = readCell(cell)
    }
    return cells
  }
}
