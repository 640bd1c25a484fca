/** Sessions from log-in to log-out: checking the password, exchanging the refresh token, changing organization. */
import type { Organization, Session, TwoFactorRequired, User } from '@rapport/contracts'
import type { Origin } from '../../platform/actor.ts'
import type { SessionIdentity } from '../../platform/http/route.ts'
import type { Refusals } from '../../platform/audit/index.ts'
import type { Mail } from '../../platform/mail/index.ts'
import type { IdentityAccess } from './access.ts'
import { joinInvited, type Inviting } from './accounts.ts'
import { sessionEndedMail } from './account/mails.ts'
import { notifyHolder } from './account/notices.ts'
import { badRefreshToken, notAMember, withoutOrganization, wrongCredentials } from './errors.ts'
import { listMemberships, type Membership } from './memberships.ts'
import { getOrganization } from './organizations.ts'
import { verifyPassword } from './passwords.ts'
import { askSecondFactor } from './second-factor/question.ts'
import { auditLogInRefused, auditSession } from './session-log.ts'
import {
  insertSession,
  lastOrganization,
  lockByRefresh,
  renewSession,
  revokeSession,
  type Client,
  type PlatformTx,
  type SessionFactor,
} from './sessions.ts'
import type { Throttle } from './throttle.ts'
import { accessSeconds, hashSecret, newSecret } from './tokens.ts'
import { findByEmail, getUser, presentUser } from './users.ts'

/** For this long after an exchange the previous token is a double click or a lost answer, not a theft. */
const grace_ms = 10_000

export type Logins = Inviting & {
  access: IdentityAccess
  throttle: Throttle
  refusals: Pick<Refusals, 'note' | 'inBackground'>
  mail: Mail
  /** Whether mails reach people, so that a log-in may ask for an address that was proved. */
  provesAddresses: boolean
}

/** Secrets leave the server once, in the answer that they are made for; `cookie` is null when it stays. */
export type Opened = { session: Session; cookie: string | null }
type Granted = { session_id: string; refresh_token: string; cookie: string | null }
type Speaker = { user: User; organization: Organization; role: Membership['role'] }

export async function answerWith(
  { tokens }: IdentityAccess,
  who: Speaker,
  granted: Granted,
): Promise<Opened> {
  const access_token = await tokens.issueAccess({
    user_id: who.user.id,
    session_id: granted.session_id,
    organization_id: who.organization.id,
    name: who.user.full_name,
  })
  const { refresh_token, cookie } = granted
  return { session: { ...who, access_token, refresh_token, expires_in: accessSeconds }, cookie }
}

/** A new session in the caller's transaction. */
export async function openSession(
  tx: PlatformTx,
  { now }: IdentityAccess,
  user_id: string,
  organization_id: string,
  { ip, user_agent }: Client,
  second_factor: SessionFactor = null,
): Promise<Granted & { cookie: string }> {
  const [cookie, refresh_token] = [newSecret(), newSecret()]
  const hashes = { cookie_hash: hashSecret(cookie), refresh_hash: hashSecret(refresh_token) }
  const session = { user_id, organization_id, second_factor, ...hashes, ip, user_agent }
  return { session_id: await insertSession(tx, session, now()), refresh_token, cookie }
}

/** Where a log-in of this person goes: as asked for, or on where they worked last. */
export const findPlace = async (
  tx: PlatformTx,
  user_id: string,
  wanted: string | null | undefined,
): Promise<Membership> =>
  wanted ? membershipIn(tx, user_id, wanted) : anyMembership(tx, user_id, await lastOrganization(tx, user_id))

export type Admission = { who: Speaker; granted: Granted & { cookie: string } }

/** Opens the session of somebody who has proved everything that the account asks for. */
export async function admit(
  tx: PlatformTx,
  access: IdentityAccess,
  user: User,
  place: Membership,
  client: Client,
  second_factor: SessionFactor = null,
): Promise<Admission> {
  const { organization_id } = place
  await access.opening(tx, user.id, client)
  const granted = await openSession(tx, access, user.id, organization_id, client, second_factor)
  const { session_id } = granted
  auditSession(tx, {
    action: 'session.opened',
    person: user,
    organization_id,
    session_id,
    client,
    second_factor,
  })
  return { who: await speakerOf(tx, user, place), granted }
}

/** After the first factor, whatever it was: the session, or the question for the second factor. */
export async function admitOrAsk(
  tx: PlatformTx,
  access: IdentityAccess,
  user: User,
  wanted: string | null | undefined,
  client: Client,
): Promise<Admission | TwoFactorRequired> {
  const place = await findPlace(tx, user.id, wanted)
  const question = await askSecondFactor(tx, user.id, place.organization_id, access.now())
  return question ?? admit(tx, access, user, place, client)
}

export const answerAdmission = async (
  access: IdentityAccess,
  outcome: Admission | TwoFactorRequired,
): Promise<Opened | TwoFactorRequired> =>
  'granted' in outcome ? answerWith(access, outcome.who, outcome.granted) : outcome

const originIn = ({ ip, user_agent, request_id }: Client): Origin => ({
  ip,
  user_agent,
  request_id: request_id ?? null,
})

type Credentials = {
  email: string
  password: string
  organization_id?: string | undefined
  invitation_token?: string | undefined
}

export async function logIn(
  { tenancy, invitations, access, throttle, refusals, provesAddresses }: Logins,
  { email, password, organization_id, invitation_token }: Credentials,
  client: Client,
): Promise<Opened | TwoFactorRequired> {
  await throttle.refuseAfterFailures(client.ip, email)
  const invited =
    invitation_token === undefined
      ? null
      : await tenancy.inSystem((tx) => invitations.find(tx, invitation_token, email))
  const account = await tenancy.inSystem((tx) => findByEmail(tx, email))
  const right = await verifyPassword(account?.password_hash, password)
  await throttle.refuseAfterFailures(client.ip, email)
  // Told apart, it would tell whoever signed up with an address whether it was taken (decision 0011).
  const proved = !provesAddresses || account?.email_verified_at != null || invited?.proves_address
  if (!account || !right || !proved) {
    if (account) auditLogInRefused({ tenancy, refusals }, account, client, 'wrong_credentials')
    await throttle.countFailure(client.ip, email)
    throw wrongCredentials()
  }
  await throttle.forgiveAccount(email)
  const user = presentUser(account)
  if (invited && invitation_token !== undefined)
    await joinInvited({ tenancy, invitations }, user, invited, invitation_token, originIn(client))
  const wanted = invited?.organization_id ?? organization_id
  const outcome = await tenancy.inSystem((tx) => admitOrAsk(tx, access, user, wanted, client))
  return answerAdmission(access, outcome)
}

/** @param cookie what the request brought along: it stays when it is this session's. */
export async function refresh(
  { tenancy, access, mail }: Logins,
  refresh_token: string,
  cookie: string | null,
  client: Client,
): Promise<Opened> {
  const outcome = await tenancy.inSystem((tx) =>
    exchange(tx, { access, mail }, refresh_token, cookie, client),
  )
  // Decided inside, thrown outside: the revocation of a reused token must commit.
  if ('ended' in outcome) {
    if (outcome.ended) access.forgetSession(outcome.ended)
    throw badRefreshToken()
  }
  access.forgetSession(outcome.granted.session_id)
  return answerWith(access, outcome.who, outcome.granted)
}

type Exchange = { who: Speaker; granted: Granted } | { ended: string | null }

async function exchange(
  tx: PlatformTx,
  { access, mail }: Pick<Logins, 'access' | 'mail'>,
  refresh_token: string,
  cookie: string | null,
  client: Client,
): Promise<Exchange> {
  const now_ms = access.now()
  const presented = hashSecret(refresh_token)
  const session = await lockByRefresh(tx, presented)
  if (!session || session.revoked_at !== null || Date.parse(session.expires_at) <= now_ms)
    return { ended: null }

  const successor = access.tokens.successorOf(refresh_token)
  const refresh_hash = hashSecret(successor)
  const current = session.refresh_hash.equals(presented)
  if (!current) {
    const previous = session.previous_hash?.equals(presented) && session.refreshed_at !== null
    if (!previous || Date.parse(session.refreshed_at ?? '') < now_ms - grace_ms) {
      await revokeSession(tx, session.id, now_ms)
      const { id: session_id, user_id, organization_id } = session
      const person = await getUser(tx, user_id)
      auditSession(tx, { action: 'session.token_reused', person, organization_id, session_id, client })
      const notice = {
        template: sessionEndedMail,
        path: '/settings/security',
        origin: client,
        what: 'session_ended' as const,
      }
      await notifyHolder(tx, mail, user_id, notice)
      return { ended: session.id }
    }
    // Another exchange or a change of organization won; its tokens are the client's by now.
    if (!session.refresh_hash.equals(refresh_hash)) return { ended: null }
  }

  const user = await getUser(tx, session.user_id)
  const place = await anyMembership(tx, user.id, session.organization_id)
  const kept = cookie !== null && session.cookie_hash.equals(hashSecret(cookie)) ? cookie : null
  const next = kept ?? (current ? newSecret() : null)
  const { organization_id } = place
  if (current) {
    const cookie_hash = next === null ? session.cookie_hash : hashSecret(next)
    await renewSession(tx, session.id, { refresh_hash, cookie_hash, organization_id }, now_ms)
  }
  const granted = { session_id: session.id, refresh_token: successor, cookie: next }
  return { who: await speakerOf(tx, user, place), granted }
}

/** The session goes on in another organization, with new tokens. */
export async function switchOrganization(
  { tenancy, access }: Logins,
  { user_id, session_id }: SessionIdentity,
  organization_id: string,
  client: Client,
): Promise<Opened> {
  const [cookie, refresh_token] = [newSecret(), newSecret()]
  const who = await tenancy.inSystem(async (tx) => {
    const place = await membershipIn(tx, user_id, organization_id)
    const hashes = { cookie_hash: hashSecret(cookie), refresh_hash: hashSecret(refresh_token) }
    await renewSession(tx, session_id, { ...hashes, organization_id: place.organization_id }, access.now())
    const person = await getUser(tx, user_id)
    const entered = { person, organization_id: place.organization_id, session_id, client }
    auditSession(tx, { action: 'session.switched', ...entered })
    return speakerOf(tx, person, place)
  })
  access.forgetSession(session_id)
  return answerWith(access, who, { session_id, refresh_token, cookie })
}

export async function logOut(
  { tenancy, access }: Logins,
  { session_id, user_id, name, session_organization_id: organization_id }: SessionIdentity,
  client: Client,
): Promise<void> {
  await tenancy.inSystem(async (tx) => {
    await revokeSession(tx, session_id, access.now())
    const person = { id: user_id, full_name: name }
    auditSession(tx, { action: 'session.ended', person, organization_id, session_id, client })
  })
  access.forgetSession(session_id)
}

async function speakerOf(tx: PlatformTx, user: User, place: Membership): Promise<Speaker> {
  return { user, organization: await getOrganization(tx, place.organization_id), role: place.role }
}

async function membershipIn(tx: PlatformTx, user_id: string, organization_id: string): Promise<Membership> {
  const wanted = organization_id.toLowerCase()
  const place = (await listMemberships(tx, user_id)).find((one) => one.organization_id === wanted)
  if (!place) throw notAMember()
  return place
}

/** The preferred one while the user is a member of it, otherwise the oldest. */
async function anyMembership(tx: PlatformTx, user_id: string, preferred: string | null): Promise<Membership> {
  const places = await listMemberships(tx, user_id)
  const place = places.find((one) => one.organization_id === preferred) ?? places[0]
  if (!place) throw withoutOrganization()
  return place
}
