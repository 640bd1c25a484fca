import { sql } from 'kysely'
import type { Ctx } from '../../platform/tenancy.ts'

/** What was told of records that are deleted for good, and who followed them. */
export async function dropNotifications(
  { tx, actor }: Pick<Ctx, 'tx' | 'actor'>,
  object: string,
  record_ids: readonly string[],
): Promise<void> {
  for (const table of ['notifications', 'record_followers'])
    await sql`
      DELETE FROM ${sql.table(table)} WHERE organization_id = ${actor.organization_id}::uuid AND object = ${object}
        AND record_id = ANY(${record_ids}::uuid[])`.execute(tx)
}

/** Of somebody who deleted their account. */
export async function forgetReader({ tx, actor }: Pick<Ctx, 'tx' | 'actor'>, user_id: string): Promise<void> {
  for (const table of ['notifications', 'record_followers', 'notification_settings'])
    await sql`
      DELETE FROM ${sql.table(table)}
      WHERE organization_id = ${actor.organization_id}::uuid AND user_id = ${user_id}::uuid`.execute(tx)
}
