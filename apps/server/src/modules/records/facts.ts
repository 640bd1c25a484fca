/** What goes with every change of a record: an event, and the entry of the audit log that comes with it. */
import type { EventType } from '@rapport/contracts'
import type { RecordDescription } from '../../platform/lists/index.ts'
import type { Ctx } from '../../platform/tenancy.ts'
import { eventOf, titleOf, type BaseRow, type RecordDefinition, type Verb } from './definition.ts'
import { toldForTotals } from './totals.ts'
import { asValues, tell, toldValues, type Changes } from './values.ts'

/** Enough for totals and screens to follow without reading the record: where it is now, and what it was before. */
export function emitRecord<Row extends BaseRow>(
  { emit }: Ctx,
  definition: RecordDefinition<Row>,
  verb: Verb,
  row: Row,
  changes: Changes = {},
  more: Record<string, unknown> = {},
  { unaudited = false } = {},
): void {
  const { records } = definition
  const { object } = records
  const told = new Set<string>([...toldOfAll(records), ...definition.told, ...toldForTotals(records)])
  const name = titleOf(records, row)
  emit({
    type: eventOf(records.family, verb),
    record: { object, id: row.id, version: row.version, name },
    ...(unaudited ? { unaudited } : { changes: auditedChanges(definition, verb, row, changes, more) }),
    owner_id: row.owner_id,
    data: {
      ...Object.fromEntries([...told].map((field) => [field, tell(records, field, row[field as keyof Row])])),
      changes,
      ...more,
    },
  })
}

/** Whose it was when it happened: by the time it is told, it may be somebody else's. */
const toldOfAll = ({ fields }: RecordDescription) => (fields.has('owner_id') ? ['owner_id'] : [])

type Fact = { changes: AuditedChanges; data: Record<string, unknown> }

/** Something that happened to a record beside its fields: what it was linked to. */
export function emitFact<Row extends BaseRow>(
  { emit }: Ctx,
  { records }: RecordDefinition<Row>,
  type: EventType,
  row: BaseRow,
  { changes, data }: Fact,
): void {
  const { id, version, owner_id } = row
  emit({
    type,
    record: { object: records.object, id, version, name: titleOf(records, row) },
    changes,
    owner_id,
    data,
  })
}

/** An audit entry without an event. */
export function auditRecord<Row extends BaseRow>(
  { audit }: Ctx,
  definition: RecordDefinition<Row>,
  verb: Verb,
  row: Row,
  changes: Changes,
): void {
  const { object, family } = definition.records
  audit({
    action: eventOf(family, verb),
    object,
    record_id: row.id,
    record_name: titleOf(definition.records, row),
    ...auditedChanges(definition, verb, row, changes, {}),
  })
}

type AuditedChanges = NonNullable<Parameters<Ctx['emit']>[0]['changes']>

/** A new record with all its values, a changed one with the fields that changed, before and after. */
function auditedChanges<Row extends BaseRow>(
  { records }: RecordDefinition<Row>,
  verb: Verb,
  row: Row,
  changes: Changes,
  more: Record<string, unknown>,
): AuditedChanges {
  if (verb === 'created') return { after: toldValues(records, asValues(row)) }
  if (verb === 'deleted') return { before: { deleted_at: null }, after: { deleted_at: row.deleted_at } }
  if (verb === 'restored') return { after: { deleted_at: null } }
  const fields = Object.entries(changes)
  // Without a changed field, what is told is where a card was put.
  if (fields.length === 0) return { after: more }
  return {
    before: Object.fromEntries(fields.map(([field, [was]]) => [field, was])),
    after: Object.fromEntries(fields.map(([field, [, is]]) => [field, is])),
  }
}
