/** How entries are written: numbered, chained and stored by one call, as the last thing before COMMIT. */
import type { PoolClient } from 'pg'
import { actorJson, type AuditActor, type PendingEntry } from './entry.ts'

const append = { name: 'append_audit', text: 'SELECT append_audit($1, $2, $3) AS seq' }

/** Entries of one organization and one actor; answers the newest number, null when there is no such organization. */
export async function appendEntries(
  client: Pick<PoolClient, 'query'>,
  organization_id: string,
  actor: AuditActor,
  entries: readonly PendingEntry[],
): Promise<number | null> {
  const { rows } = await client.query<{ seq: number | null }>({
    ...append,
    values: [organization_id, actorJson(actor), JSON.stringify(entries)],
  })
  return rows[0]?.seq ?? null
}
