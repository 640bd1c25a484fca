/** What an undo left as it is, by the names that the caller may see. */
import { sql } from 'kysely'
import { belongsClause, seenBy, visibleClause } from '../../platform/lists/index.ts'
import type { Ctx } from '../../platform/tenancy.ts'
import { listKept } from './kept.ts'
import { importKind } from './kinds.ts'
import type { ImportRow } from './repository.ts'

export async function presentKept(ctx: Ctx, { id, object }: ImportRow) {
  const kept = (await listKept(ctx, id)).map((one) => ({ ...one, object: one.object || object }))
  const groups = [...Map.groupBy(kept, (one) => one.object)]
  const named = await Promise.all(
    groups.map(([of, some]) =>
      namesOf(
        ctx,
        of,
        some.map(({ record_id }) => record_id),
      ),
    ),
  )
  const names = new Map(named.flatMap((some) => [...some]))
  return {
    items: kept.map((one) => ({ ...one, name: names.get(one.record_id) ?? null })),
    next_cursor: null,
  }
}

async function namesOf(
  { tx, actor }: Ctx,
  object: string,
  ids: readonly string[],
): Promise<Map<string, string>> {
  const { records } = importKind(object, actor).kind
  const { table, title, fields } = seenBy(records, actor)
  if (ids.length === 0 || !fields.has(title)) return new Map()
  const { rows } = await sql<{ id: string; name: string }>`
    SELECT r.id, r.${sql.ref(title)} AS name FROM ${sql.table(table)} r
    WHERE ${belongsClause(records, actor)} AND r.id = ANY(${ids}::uuid[]) ${visibleClause(records, actor)}`.execute(
    tx,
  )
  return new Map(rows.map((row) => [row.id, row.name]))
}
