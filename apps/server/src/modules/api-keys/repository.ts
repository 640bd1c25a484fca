/** SQL of the API keys. The table is outside the tenant lock, so every statement names the organization or the prefix. */
import type { ApiKey } from '@rapport/contracts'
import { sql, type Kysely } from 'kysely'
import type { DB } from '../../db/types.ts'

type Tx = Kysely<DB>

/** What authentication needs of a key. */
export type KeyRecord = {
  id: string
  organization_id: string
  user_id: string
  name: string
  prefix: string
  secret_hash: Buffer
  previous_hash: Buffer | null
  previous_until: string | null
  scopes: string[]
  expires_at: string | null
  revoked_at: string | null
  networks: string[]
  usual_per_minute: number
  active_minutes: number
}

export async function findKeyByPrefix(tx: Tx, prefix: string): Promise<KeyRecord | null> {
  const row = await tx
    .selectFrom('api_keys')
    .select(['id', 'organization_id', 'user_id', 'name', 'prefix', 'secret_hash', 'previous_hash'])
    .select(['previous_until', 'scopes', 'expires_at', 'revoked_at', 'networks', 'usual_per_minute'])
    .select('active_minutes')
    .where('prefix', '=', prefix)
    .executeTakeFirst()
  return row ?? null
}

const shown = (tx: Tx, organization_id: string) =>
  tx
    .selectFrom('api_keys')
    .innerJoin('users', 'users.id', 'api_keys.user_id')
    .leftJoin('memberships', (join) =>
      join
        .onRef('memberships.user_id', '=', 'api_keys.user_id')
        .onRef('memberships.organization_id', '=', 'api_keys.organization_id')
        .on('memberships.deactivated_at', 'is', null),
    )
    .select(['api_keys.id', 'api_keys.name', 'api_keys.prefix', 'api_keys.scopes', 'api_keys.user_id'])
    .select(['users.full_name', 'memberships.user_id as member_id', 'api_keys.created_at'])
    .select(['api_keys.expires_at', 'api_keys.rotated_at', 'api_keys.previous_until', 'api_keys.revoked_at'])
    .select(['api_keys.last_used_at', 'api_keys.last_used_ip'])
    .where('api_keys.organization_id', '=', organization_id)

type ShownRow = Awaited<ReturnType<ReturnType<typeof shown>['executeTakeFirstOrThrow']>>

const present = ({ user_id, full_name, member_id, prefix, ...row }: ShownRow): ApiKey => ({
  ...row,
  prefix: `rap_${prefix}`,
  maker: { user_id, full_name, is_member: member_id !== null },
})

/** Revoked keys stay in the list for this long, so that what stopped working can be explained. */
const keptDays = 90

export async function listKeys(tx: Tx, organization_id: string): Promise<ApiKey[]> {
  const rows = await shown(tx, organization_id)
    .orderBy('api_keys.created_at', 'desc')
    .orderBy('api_keys.id', 'desc')
    .execute()
  return rows.map(present)
}

export async function readKey(tx: Tx, organization_id: string, id: string): Promise<ApiKey> {
  return present(await shown(tx, organization_id).where('api_keys.id', '=', id).executeTakeFirstOrThrow())
}

/** The key, locked until the transaction ends. */
export async function lockKey(tx: Tx, organization_id: string, id: string) {
  return tx
    .selectFrom('api_keys')
    .select(['id', 'user_id', 'name', 'prefix', 'secret_hash', 'scopes', 'expires_at', 'revoked_at'])
    .where('organization_id', '=', organization_id)
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()
}

type NewKey = Pick<
  KeyRecord,
  'id' | 'organization_id' | 'user_id' | 'name' | 'prefix' | 'secret_hash' | 'scopes' | 'expires_at'
>

export async function insertKey(tx: Tx, key: NewKey): Promise<void> {
  await tx.insertInto('api_keys').values(key).execute()
}

type KeyChange = Partial<
  Pick<KeyRecord, 'scopes' | 'secret_hash' | 'previous_hash' | 'previous_until' | 'revoked_at'> & {
    rotated_at: string
    revoked_by: string | null
  }
>

export async function changeKey(
  tx: Tx,
  organization_id: string,
  id: string,
  change: KeyChange,
): Promise<void> {
  await tx
    .updateTable('api_keys')
    .set(change)
    .where('organization_id', '=', organization_id)
    .where('id', '=', id)
    .execute()
}

export async function deleteLongRevoked(tx: Tx): Promise<void> {
  await tx
    .deleteFrom('api_keys')
    .where('revoked_at', '<', sql<string>`now() - make_interval(days => ${keptDays})`)
    .execute()
}

/** The last use, and how many requests there were in the last minute that is over; 0 when none is. */
export type KeyUse = { id: string; at_ms: number; ip: string | null; requests: number }

/** Minutes that the moving average of requests in a minute looks back. */
const averagedMinutes = 60

export async function noteUse(tx: Tx, { id, at_ms, ip, requests }: KeyUse): Promise<void> {
  await sql`
    UPDATE api_keys SET
      last_used_at = greatest(last_used_at, ${new Date(at_ms).toISOString()}::timestamptz),
      last_used_ip = ${ip},
      usual_per_minute = CASE WHEN ${requests}::int = 0 THEN usual_per_minute ELSE
        usual_per_minute + (${requests}::real - usual_per_minute) / least(active_minutes + 1, ${averagedMinutes}::int) END,
      active_minutes = active_minutes + least(${requests}::int, 1)
    WHERE id = ${id}`.execute(tx)
}

const mostNetworks = 100

/** Answers how many networks were known before, or null when this one already was. */
export async function addNetwork(tx: Tx, id: string, network: string): Promise<number | null> {
  const { rows } = await sql<{ known: number }>`
    UPDATE api_keys SET networks = (networks || ${network}::text)[greatest(1, cardinality(networks) + 2 - ${mostNetworks}::int):]
    WHERE id = ${id} AND NOT ${network}::text = ANY (networks)
    RETURNING cardinality(networks) - 1 AS known`.execute(tx)
  return rows[0]?.known ?? null
}
