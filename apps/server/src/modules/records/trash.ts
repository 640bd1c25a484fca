/** Deleting puts a record into the trash, from which it can be restored. Both may be repeated. */
import type { Ctx } from '../../platform/tenancy.ts'
import { writeActivities } from '../activities/index.ts'
import { removeRecords } from '../search/index.ts'
import { refuseStale, requireTouchable } from './access.ts'
import type { BaseRow, RecordDefinition } from './definition.ts'
import { emitRecord } from './facts.ts'
import { lockRow, updateRow } from './repository.ts'
import { indexRows } from './search.ts'

export async function deleteRecord<Row extends BaseRow>(
  ctx: Ctx,
  definition: RecordDefinition<Row>,
  id: string,
  version: number | undefined,
): Promise<Row> {
  const { object, permissions } = definition.records
  const found = await lockRow(ctx, definition, id)
  const row = requireTouchable(ctx.actor, definition, permissions.delete, found, id)
  if (row.deleted_at !== null) return row
  await refuseStale(ctx, definition, row, version, {})
  const data = { version: row.version + 1 }
  const [deleted] = await Promise.all([
    updateRow(ctx, definition, id, { deleted_at: 'now' }),
    removeRecords(ctx.tx, ctx.actor.organization_id, object, [id]),
    writeActivities(ctx, [{ object, record_id: id, type: 'deleted', data }]),
  ])
  emitRecord(ctx, definition, 'deleted', deleted)
  return deleted
}

export async function restoreRecord<Row extends BaseRow>(
  ctx: Ctx,
  definition: RecordDefinition<Row>,
  id: string,
): Promise<Row> {
  const { object, permissions } = definition.records
  const found = await lockRow(ctx, definition, id)
  const row = requireTouchable(ctx.actor, definition, permissions.delete, found, id)
  if (row.deleted_at === null) return row
  const data = { version: row.version + 1 }
  const [restored] = await Promise.all([
    updateRow(ctx, definition, id, { deleted_at: null }),
    indexRows(ctx, definition, [row]),
    writeActivities(ctx, [{ object, record_id: id, type: 'restored', data }]),
  ])
  emitRecord(ctx, definition, 'restored', restored)
  return restored
}
