/** SQL of the objects themselves. */
import { roles as builtInRoles, type CustomObject } from '@rapport/contracts'
import { sql } from 'kysely'
import type { Ctx } from '../../platform/tenancy.ts'

type Context = Pick<Ctx, 'tx' | 'actor'>
export type ObjectValues = Omit<CustomObject, 'id' | 'version' | 'created_at' | 'updated_at'>

const columns = sql`id, key, label, label_many, icon, color, description, position, roles, retired_at IS NOT NULL AS retired,
  version, created_at, updated_at`

export async function listObjects({ tx, actor }: Context): Promise<CustomObject[]> {
  const { rows } = await sql<CustomObject>`
    SELECT ${columns} FROM custom_objects WHERE organization_id = ${actor.organization_id}::uuid
    ORDER BY position, id`.execute(tx)
  return rows
}

/** All objects, locked: whoever changes one waits for whoever changes another. */
export async function lockObjects(ctx: Context): Promise<CustomObject[]> {
  await sql`SELECT pg_advisory_xact_lock(hashtextextended(${`custom_objects ${ctx.actor.organization_id}`}, 0))`.execute(
    ctx.tx,
  )
  return listObjects(ctx)
}

export async function insertObject({ tx, actor }: Context, id: string, object: ObjectValues): Promise<void> {
  const { retired: _, ...values } = object
  await tx
    .insertInto('custom_objects')
    .values({ organization_id: actor.organization_id, id, ...values, created_by: actor.user_id })
    .execute()
}

export async function updateObject({ tx, actor }: Context, id: string, object: ObjectValues): Promise<void> {
  const { key: _, position: __, retired, ...values } = object
  await tx
    .updateTable('custom_objects')
    .set({
      ...values,
      retired_at: retired ? sql`coalesce(retired_at, now())` : null,
      version: sql`version + 1`,
      updated_at: sql`now()`,
    })
    .where('organization_id', '=', actor.organization_id)
    .where('id', '=', id)
    .execute()
}

/** Gives the objects the places in which they are named. */
export async function orderObjects({ tx, actor }: Context, ids: readonly string[]): Promise<void> {
  await sql`
    UPDATE custom_objects c SET position = n.place - 1
    FROM unnest(${ids}::uuid[]) WITH ORDINALITY AS n (id, place)
    WHERE c.organization_id = ${actor.organization_id}::uuid AND c.id = n.id`.execute(tx)
}

/** How many records the object has, those in the trash included; none can be made until the transaction ends. */
export async function countRecords({ tx, actor }: Context, key: string): Promise<number> {
  await sql`SELECT FROM custom_objects
    WHERE organization_id = ${actor.organization_id}::uuid AND key = ${key} FOR UPDATE`.execute(tx)
  const { rows } = await sql<{ records: number }>`
    SELECT count(*)::int AS records FROM custom_records
    WHERE organization_id = ${actor.organization_id}::uuid AND object = ${key}`.execute(tx)
  return rows[0]?.records ?? 0
}

export async function deleteObject({ tx, actor }: Context, id: string): Promise<void> {
  await tx
    .deleteFrom('custom_objects')
    .where('organization_id', '=', actor.organization_id)
    .where('id', '=', id)
    .execute()
}

/** The first of these that is no role of the organization, by its place. */
export async function findUnknownRole({ tx, actor }: Context, named: readonly string[]): Promise<number> {
  const made = await tx
    .selectFrom('roles')
    .select('id')
    .where('organization_id', '=', actor.organization_id)
    .execute()
  const known = new Set<string>([...builtInRoles, ...made.map(({ id }) => id)])
  return named.findIndex((role) => !known.has(role))
}
