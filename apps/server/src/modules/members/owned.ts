/** What belongs to a member, of every kind of record that belongs to somebody. */
import { sql } from 'kysely'
import type { Ctx } from '../../platform/tenancy.ts'
import { recordKinds, type RecordKind } from '../records/index.ts'

type Context = Pick<Ctx, 'tx' | 'actor'>

export const ownedKinds = (): RecordKind[] =>
  recordKinds().filter(({ records }) => records.fields.has('owner_id'))

const livingOf = ({ records }: RecordKind, { actor }: Context, user_id: string) => sql`
  FROM ${sql.table(records.table)} r
  WHERE r.organization_id = ${actor.organization_id}::uuid AND r.owner_id = ${user_id}::uuid AND r.deleted_at IS NULL`

/** Live records by object; those in the trash keep whom they had. */
export async function countOwned(ctx: Context, user_id: string): Promise<Record<string, number>> {
  const counted = ownedKinds().map(async (kind): Promise<[string, number]> => {
    const { rows } = await sql<{ count: number }>`
      SELECT count(*)::int AS count ${livingOf(kind, ctx, user_id)}`.execute(ctx.tx)
    return [kind.records.object, rows[0]?.count ?? 0]
  })
  return Object.fromEntries(await Promise.all(counted))
}

/** The next of them, locked. */
export async function lockOwned(
  ctx: Context,
  kind: RecordKind,
  user_id: string,
  limit: number,
): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    SELECT r.id ${livingOf(kind, ctx, user_id)} ORDER BY r.id LIMIT ${limit} FOR NO KEY UPDATE OF r`.execute(
    ctx.tx,
  )
  return rows.map(({ id }) => id)
}
