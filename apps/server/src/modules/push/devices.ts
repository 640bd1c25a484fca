/** Browsers to which notifications are pushed, each for one log-in. SQL only. */
import { createHash } from 'node:crypto'
import type { PushSubscription } from '@rapport/contracts'
import { sql } from 'kysely'
import { sealedColumn, type Secrets } from '../../platform/secrets/index.ts'
import type { SystemTx, TenantTx } from '../../platform/tenancy.ts'

export const deviceSecrets = sealedColumn({
  purpose: 'push subscription',
  table: 'push_devices',
  column: 'subscription_sealed',
  owner: 'user_id',
  key: ['session_id'],
})

type Tx = SystemTx | TenantTx
export type DeviceRow = {
  session_id: string
  user_agent: string | null
  created_at: string
  pushed_at: string | null
}

/** Those of log-ins that last. */
const living = sql`
  FROM push_devices d JOIN sessions s ON s.id = d.session_id AND s.revoked_at IS NULL AND s.expires_at > now()`

export async function listDevices(tx: Tx, user_id: string): Promise<DeviceRow[]> {
  const { rows } = await sql<DeviceRow>`
    SELECT d.session_id, s.user_agent, d.created_at, d.pushed_at ${living}
    WHERE d.user_id = ${user_id}::uuid ORDER BY d.created_at DESC, d.session_id`.execute(tx)
  return rows
}

/** The devices of these people that are told of what happens in the organization: as their log-ins may be there now. */
export async function findDevices(
  tx: Tx,
  organization_id: string,
  user_ids: readonly string[],
): Promise<{ session_id: string; user_id: string }[]> {
  const { rows } = await sql<{ session_id: string; user_id: string }>`
    SELECT d.session_id, d.user_id ${living}
    JOIN organizations o ON o.id = s.organization_id AND (s.second_factor IS NOT NULL OR NOT o.require_two_factor)
    WHERE d.user_id = ANY(${user_ids}::uuid[]) AND s.organization_id = ${organization_id}::uuid`.execute(tx)
  return rows
}

type Parts = { secrets: Pick<Secrets, 'seal' | 'open'> }
type Device = { session_id: string; user_id: string }

/** Answers whether it is new. A browser in which somebody else has logged in belongs to them from then on. */
export async function keepDevice(
  tx: SystemTx,
  { secrets }: Parts,
  device: Device,
  subscription: PushSubscription,
): Promise<boolean> {
  const { session_id, user_id } = device
  const hash = createHash('sha256').update(subscription.endpoint).digest()
  const sealed = secrets.seal(deviceSecrets.place(device), JSON.stringify(subscription))
  // Two that ask for one browser follow each other: neither sees what the other has not committed.
  await sql`SELECT pg_advisory_xact_lock(hashtextextended(${`push_devices ${subscription.endpoint}`}, 0))`.execute(
    tx,
  )
  await sql`DELETE FROM push_devices WHERE endpoint_hash = ${hash} AND session_id <> ${session_id}::uuid`.execute(
    tx,
  )
  const { rows } = await sql<{ is_new: boolean }>`
    INSERT INTO push_devices (session_id, user_id, endpoint_hash, subscription_sealed)
    VALUES (${session_id}::uuid, ${user_id}::uuid, ${hash}, ${sealed})
    ON CONFLICT (session_id) DO UPDATE SET endpoint_hash = excluded.endpoint_hash, subscription_sealed = excluded.subscription_sealed
    RETURNING xmax = 0 AS is_new`.execute(tx)
  return rows[0]?.is_new ?? false
}

/** Null for one whose log-in has ended. */
export async function openDevice(
  tx: Tx,
  { secrets }: Parts,
  device: Device,
): Promise<PushSubscription | null> {
  const { rows } = await sql<{ sealed: string }>`
    SELECT d.subscription_sealed AS sealed ${living}
    WHERE d.session_id = ${device.session_id}::uuid AND d.user_id = ${device.user_id}::uuid`.execute(tx)
  const [row] = rows
  return row ? (JSON.parse(secrets.open(deviceSecrets.place(device), row.sealed)) as PushSubscription) : null
}

/** Answers whether it was there. */
export async function dropDevice(tx: Tx, { session_id, user_id }: Device): Promise<boolean> {
  const { numAffectedRows } = await sql`
    DELETE FROM push_devices WHERE session_id = ${session_id}::uuid AND user_id = ${user_id}::uuid`.execute(
    tx,
  )
  return Number(numAffectedRows ?? 0) > 0
}

export async function notePush(tx: Tx, { session_id }: Device): Promise<void> {
  await sql`UPDATE push_devices SET pushed_at = now() WHERE session_id = ${session_id}::uuid`.execute(tx)
}

/** Of log-ins that have ended: nothing is sent there any more, so nothing is kept. */
export async function dropEndedDevices(tx: SystemTx): Promise<void> {
  await sql`
    DELETE FROM push_devices d USING sessions s
    WHERE s.id = d.session_id AND (s.revoked_at IS NOT NULL OR s.expires_at < now())`.execute(tx)
}

/** Of somebody who deleted their account. */
export async function forgetDevices({ tx }: { tx: TenantTx }, user_id: string): Promise<void> {
  await sql`DELETE FROM push_devices WHERE user_id = ${user_id}::uuid`.execute(tx)
}
