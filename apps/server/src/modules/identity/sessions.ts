/** Log-ins: one row serves the cookie and the tokens. SQL only. */
import { sql } from 'kysely'
import { newId } from '../../platform/ids.ts'
import type { SystemTx, TenantTx } from '../../platform/tenancy.ts'

export type PlatformTx = SystemTx | TenantTx

export const sessionSeconds = 30 * 24 * 3600
/** Use is noted at most this often; it moves the end of the session. */
const touchEvery_ms = 3600_000
/** The exchanged refresh tokens that are remembered: with one an hour, all of thirty days. */
const rememberedRefreshes = 720

/** What proved the person beside the password; a passkey counts as both. */
export type SessionFactor = 'totp' | 'recovery_code' | 'passkey' | null
export type Client = { ip: string; user_agent: string | null; request_id?: string }
export type LiveSession = {
  id: string
  user_id: string
  organization_id: string
  name: string
  cookie_hash: Buffer
  second_factor: string | null
}

type NewSession = {
  user_id: string
  organization_id: string
  cookie_hash: Buffer
  refresh_hash: Buffer
  second_factor: SessionFactor
}

const expiryAt = (now_ms: number) => new Date(now_ms + sessionSeconds * 1000)

export async function insertSession(
  tx: PlatformTx,
  session: NewSession & Pick<Client, 'ip' | 'user_agent'>,
  now_ms: number,
): Promise<string> {
  const id = newId()
  const times = { created_at: new Date(now_ms), last_used_at: new Date(now_ms), expires_at: expiryAt(now_ms) }
  await tx
    .insertInto('sessions')
    .values({ id, ...session, ...times })
    .execute()
  return id
}

/** The session unless it has ended. Notes its use now and then, which gives it its thirty days again. */
export async function findLiveSession(
  tx: PlatformTx,
  id: string,
  now_ms: number,
): Promise<LiveSession | null> {
  const row = await tx
    .selectFrom('sessions')
    .innerJoin('users', 'users.id', 'sessions.user_id')
    .select([
      'sessions.id',
      'sessions.user_id',
      'sessions.organization_id',
      'sessions.cookie_hash',
      'sessions.second_factor',
      'sessions.last_used_at',
      'users.full_name as name',
    ])
    .where('sessions.id', '=', id)
    .where('sessions.revoked_at', 'is', null)
    .where('sessions.expires_at', '>', new Date(now_ms).toISOString())
    .executeTakeFirst()
  if (!row) return null
  if (Date.parse(row.last_used_at) < now_ms - touchEvery_ms)
    await tx
      .updateTable('sessions')
      .set({ last_used_at: new Date(now_ms), expires_at: expiryAt(now_ms) })
      .where('id', '=', id)
      .execute()
  return row
}

export async function findIdByCookie(tx: PlatformTx, cookie_hash: Buffer): Promise<string | null> {
  const row = await tx
    .selectFrom('sessions')
    .select('id')
    .where('cookie_hash', '=', cookie_hash)
    .executeTakeFirst()
  return row?.id ?? null
}

/** The session that has, or had, this refresh token; locked until the transaction ends. */
export async function lockByRefresh(tx: PlatformTx, refresh_hash: Buffer) {
  return tx
    .selectFrom('sessions')
    .select(['id', 'user_id', 'organization_id', 'cookie_hash', 'refresh_hash', 'refreshed_at'])
    .select(['revoked_at', 'expires_at'])
    .select(sql<Buffer | null>`used_refresh_hashes[cardinality(used_refresh_hashes)]`.as('previous_hash'))
    .where((is) =>
      is.or([
        is('refresh_hash', '=', refresh_hash),
        is(sql`used_refresh_hashes`, '@>', sql`ARRAY[${refresh_hash}::bytea]`),
      ]),
    )
    .forUpdate()
    .executeTakeFirst()
}

type Renewal = { refresh_hash: Buffer; cookie_hash: Buffer; organization_id: string }

/** Puts new secrets in place of the old; the old refresh token is remembered, to notice its reuse. */
export async function renewSession(
  tx: PlatformTx,
  id: string,
  renewal: Renewal,
  now_ms: number,
): Promise<void> {
  await tx
    .updateTable('sessions')
    .set({
      ...renewal,
      used_refresh_hashes: sql`(used_refresh_hashes || refresh_hash)[greatest(1, cardinality(used_refresh_hashes) + 2 - ${rememberedRefreshes}::int):]`,
      refreshed_at: new Date(now_ms),
      last_used_at: new Date(now_ms),
      expires_at: expiryAt(now_ms),
    })
    .where('id', '=', id)
    .execute()
}

export async function revokeSession(tx: PlatformTx, id: string, now_ms: number): Promise<void> {
  await tx
    .updateTable('sessions')
    .set({ revoked_at: new Date(now_ms) })
    .where('id', '=', id)
    .where('revoked_at', 'is', null)
    .execute()
}

/** Ends every living session of the user, but for one; answers which. */
export async function revokeSessionsOf(
  tx: PlatformTx,
  user_id: string,
  now_ms: number,
  except: string | null = null,
): Promise<string[]> {
  const rows = await tx
    .updateTable('sessions')
    .set({ revoked_at: new Date(now_ms) })
    .where('user_id', '=', user_id)
    .where('revoked_at', 'is', null)
    .$if(except !== null, (update) => update.where('id', '<>', except))
    .returning('id')
    .execute()
  return rows.map(({ id }) => id)
}

/** Ended sessions are kept for thirty days more, so that the reuse of a token can still be explained. */
export async function deleteEndedSessions(tx: PlatformTx, now_ms: number): Promise<void> {
  const before = new Date(now_ms - sessionSeconds * 1000).toISOString()
  await tx
    .deleteFrom('sessions')
    .where((is) => is.or([is('expires_at', '<', before), is('revoked_at', '<', before)]))
    .execute()
}

/** Where the user worked last: a new log-in goes on there. */
export async function lastOrganization(tx: PlatformTx, user_id: string): Promise<string | null> {
  const row = await tx
    .selectFrom('sessions')
    .select('organization_id')
    .where('user_id', '=', user_id)
    .orderBy('last_used_at', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row?.organization_id ?? null
}
