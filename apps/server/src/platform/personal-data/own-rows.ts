import { sql } from 'kysely'
import type { Ctx } from '../tenancy.ts'

/** What nobody but one member has, in tables that name them `user_id`: it goes with their account. */
export async function dropOwnRows(
  { tx, actor }: Pick<Ctx, 'tx' | 'actor'>,
  tables: readonly string[],
  user_id: string,
): Promise<void> {
  for (const table of tables)
    await sql`
      DELETE FROM ${sql.table(table)}
      WHERE organization_id = ${actor.organization_id}::uuid AND user_id = ${user_id}::uuid`.execute(tx)
}
