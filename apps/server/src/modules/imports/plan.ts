/** A checked mapping: what becomes of each column. */
import { customPrefix, type FieldDescription } from '@rapport/contracts'
import type { Actor } from '../../platform/actor.ts'
import type { OwnField } from '../../platform/custom-fields.ts'
import type { FieldCode } from '../../platform/problem-catalogue.ts'
import { invalid, invalidField, type FieldError } from '../../platform/problems.ts'
import { mayMapTo } from './access.ts'
import { isNamePart, type NamePart } from './guess.ts'
import { customKeys } from './header.ts'
import type { ImportKind } from './kinds.ts'
import type { Layout } from './layout.ts'
import { namedCurrency } from './name-score.ts'
import type { Marks, ReadingContext } from './readers.ts'

type Target =
  | { kind: 'field'; field: FieldDescription }
  | { kind: 'name_part'; part: NamePart }
  | { kind: 'custom'; key: string; field: OwnField | undefined }
export type PlannedColumn = {
  index: number
  name: string
  /** The key under which a text is kept that is no value of its field. */
  kept_as: string
} & Marks &
  Target

export type Plan = {
  columns: readonly PlannedColumn[]
  /** How many cells a row may have. */
  width: number
  /** Column whose number names rows that have no name. */
  number_index: number | null
  /** In which the heading of the amount says that it is. */
  heading_currency: string | null
  reading: ReadingContext
  guarded: boolean
}

type Mapping = Record<string, string | null>

/** Throws a 422 that names each wrong place as `mapping.<column>`. */
export function planImport(layout: Layout, mapping: Mapping, reading: ReadingContext, actor: Actor): Plan {
  const errors: FieldError[] = []
  const columnOf = new Map<string, string>()
  const indexes = new Map(layout.columns.map((column, index) => [column.name, index]))
  const keys = customKeys(
    layout.columns.map(({ name }) => name),
    [
      ...reading.own.map(({ key }) => key),
      ...Object.values(mapping).flatMap((text) => customKey(text) ?? []),
    ],
  )
  const columns: PlannedColumn[] = []
  for (const [name, text] of Object.entries(mapping)) {
    const refuse = (code: FieldCode, message: string) =>
      errors.push({ path: `mapping.${name}`, code, message })
    const index = indexes.get(name)
    const column = index === undefined ? undefined : layout.columns[index]
    if (index === undefined || !column) refuse('unknown_column', 'is not a column of the file')
    else if (text !== null) {
      const target = targetOf(reading, text)
      const other = columnOf.get(text)
      if (!target) refuse('unknown_field', `"${text}" is not a field that can be imported`)
      else if (!mayMapTo(actor, reading.kind, text))
        refuse('forbidden_field', `"${text}" cannot be filled by your role`)
      else if (other !== undefined)
        refuse('field_used_twice', `"${text}" is already filled by the column "${other}"`)
      else {
        const { decimal_mark, date_order, is_share = false } = column
        const kept_as = keys[index] ?? ''
        columns.push({ index, name, kept_as, decimal_mark, date_order, is_share, ...target })
      }
      columnOf.set(text, other ?? name)
    }
  }
  if (errors.length > 0) throw invalid(errors)
  if (columns.length === 0)
    throw invalidField('mapping', 'nothing_mapped', 'must give at least one column a field')
  return {
    columns: columns.toSorted((a, b) => a.index - b.index),
    width: layout.columns.length,
    number_index: indexes.get(layout.number_column ?? '') ?? null,
    heading_currency: namedCurrency(columnOf.get(reading.kind.amount ?? '') ?? ''),
    reading,
    guarded: layout.format.guarded,
  }
}

type Known = { kind: ImportKind; own: readonly OwnField[] }

const customKey = (text: string | null): string | undefined =>
  text?.startsWith(customPrefix) ? text.slice(customPrefix.length) : undefined

function targetOf({ kind, own }: Known, text: string): Target | undefined {
  const field = kind.fields.get(text)
  if (field) return { kind: 'field', field }
  if (isNamePart(text)) return kind.title === 'full_name' ? { kind: 'name_part', part: text } : undefined
  const key = customKey(text) ?? ''
  if (!/^[a-z][a-z0-9_]{0,62}$/.test(key)) return undefined
  const known = own.find((one) => one.key === key)
  if (known && (known.retired || known.type === 'formula')) return undefined
  return { kind: 'custom', key, field: known }
}
