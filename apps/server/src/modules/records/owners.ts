/** Whose a record of any kind is, for those who must know who may read it without showing it. */
import { sql } from 'kysely'
import { systemActor } from '../../platform/actor.ts'
import { queryBuilder } from '../../platform/kysely.ts'
import { belongsClause, recordsOf } from '../../platform/lists/index.ts'
import type { Tenancy } from '../../platform/tenancy.ts'

/** Null when there is no such record, also when it has been erased. */
export async function findRecordOwner(
  { readTenant }: Pick<Tenancy, 'readTenant'>,
  organization_id: string,
  { object, id }: { object: string; id: string },
): Promise<{ owner_id: string | null } | null> {
  const records = recordsOf(object)
  const system = systemActor(organization_id)
  const owner = records.fields.has('owner_id') ? sql`r.owner_id` : sql`NULL::uuid AS owner_id`
  const [row] = await readTenant(
    system,
    sql<{ owner_id: string | null }>`SELECT ${owner} FROM ${sql.table(records.table)} r
      WHERE ${belongsClause(records, system)} AND r.id = ${id}::uuid`.compile(queryBuilder),
  )
  return row ?? null
}
