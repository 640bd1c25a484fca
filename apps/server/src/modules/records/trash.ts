/** Deleting puts records into the trash, from which they can be restored. Both may be repeated. */
import { Problem } from '../../platform/problems.ts'
import type { Ctx } from '../../platform/tenancy.ts'
import { writeActivities } from '../activities/index.ts'
import { removeRecords } from '../search/index.ts'
import { refuseStale, requireTouchable } from './access.ts'
import type { BaseRow, Occasion, RecordDefinition } from './definition.ts'
import { emitRecord } from './facts.ts'
import { orProblem, rowOf, type Outcome } from './outcome.ts'
import { forgetOwnValues, indexOwnValues, requireUnique, type Taken } from './own-index.ts'
import { lockRows, updateRows } from './repository.ts'
import { indexRows } from './search.ts'

export async function deleteRecord<Row extends BaseRow>(
  ctx: Ctx,
  definition: RecordDefinition<Row>,
  id: string,
  version: number | undefined,
  occasion: Occasion = {},
): Promise<Row> {
  const known = id.toLowerCase()
  return rowOf(await deleteRecords(ctx, definition, new Map([[known, version]]), occasion), known)
}

export async function restoreRecord<Row extends BaseRow>(
  ctx: Ctx,
  definition: RecordDefinition<Row>,
  id: string,
  occasion: Occasion = {},
): Promise<Row> {
  const known = id.toLowerCase()
  return rowOf(await restoreRecords(ctx, definition, [known], occasion), known)
}

/** @param versions the version of each record that was read, where one was; by id in lower case. */
export async function deleteRecords<Row extends BaseRow>(
  ctx: Ctx,
  definition: RecordDefinition<Row>,
  versions: ReadonlyMap<string, number | undefined>,
  occasion: Occasion = {},
): Promise<Map<string, Outcome<Row>>> {
  const ids = [...versions.keys()]
  const { outcomes, live } = await lookAt(ctx, definition, ids)
  const leaving: Row[] = []
  for (const row of live) {
    const stale = await orProblem(() => refuseStale(ctx, definition, row, versions.get(row.id), {}))
    if (stale instanceof Problem) outcomes.set(row.id, stale)
    else leaving.push(row)
  }
  return writeAll(ctx, definition, 'deleted', leaving, outcomes, occasion)
}

export async function restoreRecords<Row extends BaseRow>(
  ctx: Ctx,
  definition: RecordDefinition<Row>,
  ids: readonly string[],
  occasion: Occasion = {},
): Promise<Map<string, Outcome<Row>>> {
  const { outcomes, trashed } = await lookAt(ctx, definition, ids)
  const coming: Row[] = []
  const taken: Taken = new Set()
  for (const row of trashed) {
    const refusal = await orProblem(() => requireUnique(ctx, definition.records.object, row, taken))
    if (refusal instanceof Problem) outcomes.set(row.id, refusal)
    else coming.push(row)
  }
  return writeAll(ctx, definition, 'restored', coming, outcomes, occasion)
}

/** Locks them and tells the live from the trashed; all of them are so already until they are written. */
async function lookAt<Row extends BaseRow>(
  ctx: Ctx,
  definition: RecordDefinition<Row>,
  ids: readonly string[],
) {
  const found = await lockRows(ctx, definition, ids)
  const outcomes = new Map<string, Outcome<Row>>()
  const { delete: permission } = definition.records.permissions
  const touchable: Row[] = []
  for (const id of ids) {
    const row = await orProblem(() => requireTouchable(ctx.actor, definition, permission, found.get(id), id))
    outcomes.set(id, row instanceof Problem ? row : { row, changed: false })
    if (!(row instanceof Problem)) touchable.push(row)
  }
  const { live = [], trashed = [] } = Object.groupBy(touchable, ({ deleted_at }) =>
    deleted_at === null ? 'live' : 'trashed',
  )
  return { outcomes, live, trashed }
}

async function writeAll<Row extends BaseRow>(
  ctx: Ctx,
  definition: RecordDefinition<Row>,
  verb: 'deleted' | 'restored',
  rows: readonly Row[],
  outcomes: Map<string, Outcome<Row>>,
  { undoable = false }: Occasion,
): Promise<Map<string, Outcome<Row>>> {
  if (rows.length === 0) return outcomes
  const { object } = definition.records
  const ids = rows.map(({ id }) => id)
  const deleted_at = verb === 'deleted' ? 'now' : null
  const [written] = await Promise.all([
    updateRows(
      ctx,
      definition,
      ['deleted_at'],
      ids.map((id) => ({ id, deleted_at })),
    ),
    verb === 'deleted'
      ? removeRecords(ctx.tx, ctx.actor.organization_id, object, ids)
      : indexRows(ctx, definition, rows),
    verb === 'deleted' ? forgetOwnValues(ctx, ids) : indexOwnValues(ctx, object, rows),
    writeActivities(
      ctx,
      rows.map(({ id, version }) => ({
        object,
        record_id: id,
        type: verb,
        data: { version: version + 1 },
        undoable,
      })),
    ),
  ])
  for (const row of written.values()) {
    emitRecord(ctx, definition, verb, row)
    outcomes.set(row.id, { row, changed: true })
  }
  return outcomes
}
