/** Where a person is logged in, and ending it from elsewhere. */
import type { UserSession } from '@rapport/contracts'
import type { Origin } from '../../../platform/actor.ts'
import type { SessionIdentity } from '../../../platform/http/route.ts'
import { auditIn, type Tenancy } from '../../../platform/tenancy.ts'
import type { IdentityAccess } from '../access.ts'
import { revokeSession, type PlatformTx } from '../sessions.ts'
import { describeDevice } from './device.ts'
import { sessionNotFound } from './errors.ts'
import { personActor } from './notices.ts'

const columns = [
  'id',
  'organization_id',
  'ip',
  'user_agent',
  'created_at',
  'last_used_at',
  'expires_at',
] as const

/** Living sessions, the one that asks first, then the last used. */
export async function listSessions(
  tx: PlatformTx,
  { user_id, session_id }: Pick<SessionIdentity, 'user_id' | 'session_id'>,
  now_ms: number,
): Promise<UserSession[]> {
  const rows = await findLive(tx, user_id, now_ms)
  const sessions = rows.map(({ organization_id: _, ...row }) => ({
    ...row,
    current: row.id === session_id,
    ...describeDevice(row.user_agent),
  }))
  return [...sessions.filter(({ current }) => current), ...sessions.filter(({ current }) => !current)]
}

const findLive = (tx: PlatformTx, user_id: string, now_ms: number) =>
  tx
    .selectFrom('sessions')
    .select(columns)
    .where('user_id', '=', user_id)
    .where('revoked_at', 'is', null)
    .where('expires_at', '>', new Date(now_ms).toISOString())
    .orderBy('last_used_at', 'desc')
    .orderBy('id')
    .execute()

type Parts = { tenancy: Pick<Tenancy, 'inSystem'>; access: IdentityAccess }

/** Ends these of the person's living sessions and tells the log of the organization that each was open in. */
export async function endSessions(
  { tenancy, access }: Parts,
  { user_id, name }: Pick<SessionIdentity, 'user_id' | 'name'>,
  chosen: { only: string } | { all_but: string },
  origin: Origin,
): Promise<void> {
  const sessions = await tenancy.inSystem(async (tx) => {
    const live = await findLive(tx, user_id, access.now())
    const wanted = live.filter(({ id }) => ('only' in chosen ? id === chosen.only : id !== chosen.all_but))
    if ('only' in chosen && wanted.length === 0) throw sessionNotFound()
    for (const { id, organization_id, ip, user_agent } of wanted) {
      await revokeSession(tx, id, access.now())
      auditIn(tx)(organization_id, personActor({ id: user_id, full_name: name }, origin), {
        action: 'session.revoked',
        object: 'session',
        record_id: id,
        before: { ip, user_agent },
      })
    }
    return wanted
  })
  for (const { id } of sessions) access.forgetSession(id)
}
