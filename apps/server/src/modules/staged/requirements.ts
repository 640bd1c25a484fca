/** What a stage asks for: fields that must have a value before a record may enter it. */
import { customPrefix } from '@rapport/contracts'
import type { Actor } from '../../platform/actor.ts'
import { seenBy, type RecordDescription } from '../../platform/lists/index.ts'
import type { PlacedStage } from '../pipelines/index.ts'
import type { BaseRow } from '../records/index.ts'
import { stageAsksFor } from './problems.ts'

/** With all fields that the organization made, whoever may see them. */
const knownTo = (records: RecordDescription, { own_fields }: Actor): RecordDescription =>
  seenBy(records, { field_rules: {}, own_fields })

const keyOf = (name: string) => name.slice(customPrefix.length)

/** Whether a stage can ask for the field: a person must be able to fill it in. */
export function mayBeAsked(records: RecordDescription, actor: Actor, name: string): boolean {
  if (!name.startsWith(customPrefix)) {
    const field = records.fields.get(name)
    return field !== undefined && field.writable && field.type !== 'id'
  }
  const own = knownTo(records, actor).own.get(keyOf(name))
  return own ? own.writable : /^[a-z][a-z0-9_]{0,62}$/.test(keyOf(name))
}

export function requireStageFields(
  actor: Actor,
  { name, required_fields }: PlacedStage,
  records: RecordDescription,
  row: BaseRow,
): void {
  // A field that was retired since can be filled in no more.
  const { untold } = knownTo(records, actor)
  const missing = required_fields
    .filter((field) => !(field.startsWith(customPrefix) && untold.includes(keyOf(field))))
    .filter((field) => isEmpty(valueOf(records, row, field)))
  if (missing.length > 0) throw stageAsksFor(name, missing)
}

function valueOf({ fields }: RecordDescription, row: BaseRow, name: string): unknown {
  if (name.startsWith(customPrefix)) return row.custom[keyOf(name)]
  return (row as Record<string, unknown>)[fields.get(name)?.column ?? name]
}

const isEmpty = (value: unknown): boolean =>
  value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0)
