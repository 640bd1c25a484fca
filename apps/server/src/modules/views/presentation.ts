/**
 * A view as one reader gets it: what their role hides and what is gone since it was saved is left out and named, so
 * that the view still opens and never leads to more than its reader may see.
 */
import type { Filter, LeftOut, View } from '@rapport/contracts'
import { scopeOf, type Actor } from '../../platform/actor.ts'
import {
  findRecords,
  seenBy,
  usableFilter,
  usableSort,
  type RecordDescription,
} from '../../platform/lists/index.ts'
import { permissionMissing } from '../../platform/problems.ts'
import { hasField, isDateField, isGroupField } from './fields.ts'
import { mayChange } from './policy.ts'
import { unknownObject } from './problems.ts'
import type { ViewRow } from './repository.ts'

/** The object's records as the actor sees them. */
export function requireSeen(actor: Actor, object: string): RecordDescription {
  const described = findRecords(object, actor)
  if (!described) throw unknownObject()
  const { read } = described.permissions
  if (scopeOf(actor, read) === undefined) throw permissionMissing(actor, read)
  return seenBy(described, actor)
}

export function presentView(actor: Actor, records: RecordDescription, row: ViewRow): View {
  const left_out: LeftOut[] = []
  const leaveOut = (part: LeftOut['part'], names: (string | null)[]) =>
    left_out.push(...names.map((field) => ({ part, field })))
  const columns = row.columns.filter(({ field }) => hasField(records, field))
  leaveOut(
    'columns',
    row.columns.map(({ field }) => field).filter((field) => !hasField(records, field)),
  )
  const filter = row.filter && usableFilter(records, actor, row.filter as Filter)
  leaveOut('filter', filter?.left_out ?? [])
  const sort = row.sort === null ? null : usableSort(records, row.sort)
  leaveOut('sort', sort?.left_out ?? [])
  const group_by = keep(row.group_by, (name) => isGroupField(records, name))
  if (group_by !== row.group_by) leaveOut('group_by', [row.group_by])
  const date_field = keep(row.date_field, (name) => isDateField(records, name))
  if (date_field !== row.date_field) leaveOut('date_field', [row.date_field])
  if (row.layout === 'board' && row.pipeline_id === null) leaveOut('pipeline_id', [null])
  const may = mayChange(actor, row)
  return {
    ...row,
    columns,
    filter: (filter?.kept ?? null) as View['filter'],
    sort: sort?.kept ?? null,
    group_by,
    date_field,
    is_default: row.is_default_for.includes(actor.role),
    left_out,
    can: { update: may, delete: may },
  }
}

const keep = (name: string | null, applies: (name: string) => boolean) =>
  name !== null && applies(name) ? name : null
