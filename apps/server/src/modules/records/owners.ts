/** Whose a record of any kind is, for those who must know who may read it without showing it. */
import { sql } from 'kysely'
import { systemActor } from '../../platform/actor.ts'
import { queryBuilder } from '../../platform/kysely.ts'
import type { Tenancy } from '../../platform/tenancy.ts'
import { kindOf } from './kinds.ts'

/** Null when there is no such record, also when it has been erased. */
export async function findRecordOwner(
  { readTenant }: Pick<Tenancy, 'readTenant'>,
  organization_id: string,
  { object, id }: { object: string; id: string },
): Promise<{ owner_id: string | null } | null> {
  const kind = kindOf(object)
  if (!kind) return null
  const owner = kind.records.fields.has('owner_id') ? sql`r.owner_id` : sql`NULL::uuid AS owner_id`
  const [row] = await readTenant(
    systemActor(organization_id),
    sql<{ owner_id: string | null }>`SELECT ${owner} FROM ${sql.table(kind.records.table)} r
      WHERE r.organization_id = ${organization_id}::uuid AND r.id = ${id}::uuid`.compile(queryBuilder),
  )
  return row ?? null
}
