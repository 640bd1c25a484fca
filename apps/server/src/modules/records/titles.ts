/** What records are called, told to a reader as far as they may know it. */
import { sql } from 'kysely'
import { belongsClause, seenBy, visibleClause } from '../../platform/lists/index.ts'
import type { Ctx } from '../../platform/tenancy.ts'
import { kindOf } from './kinds.ts'

/** One statement; those that are in the trash or that the reader may not see are left out. */
export async function readTitles(
  { tx, actor }: Pick<Ctx, 'tx' | 'actor'>,
  object: string,
  ids: readonly string[],
): Promise<{ object: string; id: string; title: string }[]> {
  const kind = kindOf(object, actor)
  const records = kind && seenBy(kind.records, actor)
  if (!records?.fields.has(records.title)) return []
  const { rows } = await sql<{ id: string; title: string }>`
    SELECT r.id, ${sql.ref(`r.${records.title}`)} AS title FROM ${sql.table(records.table)} r
    WHERE ${belongsClause(records, actor)} AND r.id = ANY(${ids}::uuid[]) AND r.deleted_at IS NULL ${visibleClause(records, actor)}`.execute(
    tx,
  )
  return rows.map((row) => ({ object, ...row }))
}
