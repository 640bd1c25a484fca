/** What the logs of organizations keep of log-ins. Of an address that nobody has, no log keeps anything. */
import type { AuditActor, Refusals } from '../../platform/audit/index.ts'
import { auditIn, type Tenancy } from '../../platform/tenancy.ts'
import { listMemberships } from './memberships.ts'
import type { Client, PlatformTx } from './sessions.ts'

type Person = { id: string; full_name: string }

export const sessionActor = ({ id, full_name }: Person, client: Client | null): AuditActor => ({
  kind: 'user',
  user_id: id,
  api_key_id: null,
  name: full_name,
  origin: client && { ip: client.ip, user_agent: client.user_agent, request_id: client.request_id ?? null },
})

type SessionAction = 'session.opened' | 'session.switched' | 'session.ended' | 'session.token_reused'
type Happening = {
  action: SessionAction
  person: Person
  organization_id: string
  session_id: string
  client: Client | null
  second_factor?: string | null
}

/** Into the log of the organization that the session is open in, in the transaction of the change. */
export function auditSession(tx: PlatformTx, happening: Happening): void {
  const { action, person, organization_id, session_id, client, second_factor } = happening
  auditIn(tx)(organization_id, sessionActor(person, client), {
    action,
    object: 'session',
    record_id: session_id,
    record_name: person.full_name,
    after: second_factor ? { second_factor } : null,
    outcome: action === 'session.token_reused' ? 'refused' : 'success',
  })
}

type Parts = { tenancy: Pick<Tenancy, 'inSystem'>; refusals: Pick<Refusals, 'note' | 'inBackground'> }

/**
 * Into the log of every organization that the account opens. In the background: an answer that waited for it would
 * come later for an address that is registered.
 */
export function auditLogInRefused(
  { tenancy, refusals }: Parts,
  person: Person,
  client: Client,
  code: string,
): void {
  refusals.inBackground(async () => {
    const places = await tenancy.inSystem((tx) => listMemberships(tx, person.id))
    for (const { organization_id } of places)
      await refusals.note(organization_id, sessionActor(person, client), {
        action: 'session.refused',
        object: 'session',
        record_name: person.full_name,
        after: { code },
      })
  })
}
