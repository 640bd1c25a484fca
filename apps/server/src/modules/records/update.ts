import type { Ctx } from '../../platform/tenancy.ts'
import { writeActivities } from '../activities/index.ts'
import {
  refuseStale,
  refuseTrashed,
  requireEditableFields,
  requireOwner,
  requireTouchable,
} from './access.ts'
import type { BaseRow, Given, RecordDefinition } from './definition.ts'
import { emitRecord } from './facts.ts'
import { requireRelated } from './relations.ts'
import { lockRow, updateRow } from './repository.ts'
import { indexRows } from './search.ts'
import { applyGiven, asValues, changedColumns, changesBetween } from './values.ts'

type Change = Given & { version?: number | undefined }

/** Changes the fields that are given; what is as it was writes nothing. */
export async function updateRecord<Row extends BaseRow>(
  ctx: Ctx,
  definition: RecordDefinition<Row>,
  id: string,
  { version, ...given }: Change,
): Promise<Row> {
  const { records, searched, settle } = definition
  const [found] = await Promise.all([lockRow(ctx, definition, id), requireOwner(ctx, given.owner_id)])
  const row = requireTouchable(ctx.actor, definition, records.permissions.update, found, id)
  requireEditableFields(ctx.actor, definition, given, 'changing')
  refuseTrashed(records.object, row)
  await refuseStale(ctx, definition, row, version, given)
  const wished = applyGiven(records, ctx.actor, asValues(row), given)
  const after = { ...wished, ...(await settle?.(ctx, { ...row, ...wished }, row)) }
  const changes = changesBetween(records, asValues(row), after)
  if (Object.keys(changes).length === 0) return row
  const columns = changedColumns(records, after, changes)
  await requireRelated(ctx, definition, columns)
  const data = { changes, version: row.version + 1 }
  const [updated] = await Promise.all([
    updateRow(ctx, definition, id, columns),
    searched.some((field) => field in changes)
      ? indexRows(ctx, definition, [{ ...row, ...after }])
      : undefined,
    writeActivities(ctx, [{ object: records.object, record_id: id, type: 'updated', data }]),
  ])
  emitRecord(ctx, definition, 'updated', updated, changes)
  return updated
}
