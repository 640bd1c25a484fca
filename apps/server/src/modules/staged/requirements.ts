/** What a stage asks for: fields that must have a value before a record may enter it. */
import { customPrefix } from '@rapport/contracts'
import type { RecordDescription } from '../../platform/lists/index.ts'
import type { PlacedStage } from '../pipelines/index.ts'
import type { BaseRow } from '../records/index.ts'
import { stageAsksFor } from './problems.ts'

/** Of these records, whether a stage can ask for the field: a person must be able to fill it in. */
export function mayBeAsked({ fields }: RecordDescription, name: string): boolean {
  if (name.startsWith(customPrefix)) return /^[a-z][a-z0-9_]{0,62}$/.test(name.slice(customPrefix.length))
  const field = fields.get(name)
  return field !== undefined && field.writable && field.type !== 'id'
}

export function requireStageFields(
  { name, required_fields }: PlacedStage,
  records: RecordDescription,
  row: BaseRow,
): void {
  const missing = required_fields.filter((field) => isEmpty(valueOf(records, row, field)))
  if (missing.length > 0) throw stageAsksFor(name, missing)
}

function valueOf({ fields }: RecordDescription, row: BaseRow, name: string): unknown {
  if (name.startsWith(customPrefix)) return row.custom[name.slice(customPrefix.length)]
  return (row as Record<string, unknown>)[fields.get(name)?.column ?? name]
}

const isEmpty = (value: unknown): boolean =>
  value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0)
