/** What belongs to a member, of every kind of record that belongs to somebody. */
import { sql } from 'kysely'
import type { Actor } from '../../platform/actor.ts'
import { belongsClause } from '../../platform/lists/index.ts'
import type { Ctx } from '../../platform/tenancy.ts'
import { recordKinds, type RecordKind } from '../records/index.ts'

type Context = Pick<Ctx, 'tx' | 'actor'>

const owned = ({ records }: RecordKind): boolean => records.fields.has('owner_id')

/** Those that the actor's role sees. */
export const ownedKindsSeen = (actor: Pick<Actor, 'own_objects'>): RecordKind[] =>
  recordKinds(actor).filter(owned)

/** All of the organization, the objects included that are retired or that the actor does not see. */
export async function allOwnedKinds({ tx, actor }: Context): Promise<RecordKind[]> {
  const objects = await tx
    .selectFrom('custom_objects')
    .select('key')
    .where('organization_id', '=', actor.organization_id)
    .execute()
  return ownedKindsSeen({ own_objects: new Set(objects.map(({ key }) => key)) })
}

const livingOf = ({ records }: RecordKind, { actor }: Context, user_id: string) => sql`
  FROM ${sql.table(records.table)} r
  WHERE ${belongsClause(records, actor)} AND r.owner_id = ${user_id}::uuid AND r.deleted_at IS NULL`

/** Live records by object; those in the trash keep whom they had. */
export async function countOwned(
  ctx: Context,
  user_id: string,
  kinds: readonly RecordKind[],
): Promise<Record<string, number>> {
  const counted = kinds.map(async (kind): Promise<[string, number]> => {
    const { rows } = await sql<{ count: number }>`
      SELECT count(*)::int AS count ${livingOf(kind, ctx, user_id)}`.execute(ctx.tx)
    return [kind.records.object, rows[0]?.count ?? 0]
  })
  return Object.fromEntries(await Promise.all(counted))
}

type Page = { after: string | null; limit: number; locked: boolean }

/** The next of them. */
export async function readOwned(
  ctx: Context,
  kind: RecordKind,
  user_id: string,
  { after, limit, locked }: Page,
): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    SELECT r.id ${livingOf(kind, ctx, user_id)} ${after === null ? sql`` : sql`AND r.id > ${after}::uuid`}
    ORDER BY r.id LIMIT ${limit} ${locked ? sql`FOR NO KEY UPDATE OF r` : sql``}`.execute(ctx.tx)
  return rows.map(({ id }) => id)
}
