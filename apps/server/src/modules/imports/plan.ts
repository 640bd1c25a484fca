/** A checked mapping: what becomes of each column. */
import { customPrefix, type FieldDescription } from '@rapport/contracts'
import type { Actor } from '../../platform/actor.ts'
import type { FieldCode } from '../../platform/problem-catalogue.ts'
import { invalid, invalidField, type FieldError } from '../../platform/problems.ts'
import { mayMapTo } from './access.ts'
import type { nameParts } from './guess.ts'
import type { Layout } from './layout.ts'
import type { DecimalMark } from './numbers.ts'
import { importableFields, type ReadingContext } from './readers.ts'

type Target =
  | { kind: 'field'; field: FieldDescription }
  | { kind: 'name_part'; part: keyof typeof nameParts }
  | { kind: 'custom'; key: string }
export type PlannedColumn = { index: number; name: string; decimal_mark: DecimalMark } & Target

export type Plan = {
  columns: readonly PlannedColumn[]
  /** How many cells a row may have. */
  width: number
  /** Column whose number names rows that have no name. */
  number_index: number | null
  reading: ReadingContext
  guarded: boolean
}

type Mapping = Record<string, string | null>

/** Throws a 422 that names each wrong place as `mapping.<column>`. */
export function planImport(layout: Layout, mapping: Mapping, reading: ReadingContext, actor: Actor): Plan {
  const errors: FieldError[] = []
  const columnOf = new Map<string, string>()
  const indexes = new Map(layout.columns.map((column, index) => [column.name, index]))
  const columns: PlannedColumn[] = []
  for (const [name, text] of Object.entries(mapping)) {
    const refuse = (code: FieldCode, message: string) =>
      errors.push({ path: `mapping.${name}`, code, message })
    const index = indexes.get(name)
    if (index === undefined) refuse('unknown_column', 'is not a column of the file')
    else if (text !== null) {
      const target = targetOf(text)
      const other = columnOf.get(text)
      if (!target) refuse('unknown_field', `"${text}" is not a field that can be imported`)
      else if (!mayMapTo(actor, text)) refuse('forbidden_field', `"${text}" cannot be filled by your role`)
      else if (other !== undefined)
        refuse('field_used_twice', `"${text}" is already filled by the column "${other}"`)
      else columns.push({ index, name, decimal_mark: layout.columns[index]?.decimal_mark ?? '.', ...target })
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
    reading,
    guarded: layout.format.guarded,
  }
}

function targetOf(text: string): Target | undefined {
  const field = importableFields.get(text)
  if (field) return { kind: 'field', field }
  if (text === 'first_name' || text === 'last_name') return { kind: 'name_part', part: text }
  const key = text.startsWith(customPrefix) ? text.slice(customPrefix.length) : ''
  return /^[a-z][a-z0-9_]{0,62}$/.test(key) ? { kind: 'custom', key } : undefined
}
