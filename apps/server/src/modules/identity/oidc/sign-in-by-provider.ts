/**
 * Which account a person who comes from a provider is let into. An address alone opens nothing: the provider must
 * vouch for it, and the account must have proved it by itself; otherwise whoever holds the account says so with
 * its password first.
 */
import type { PasswordRequired, TwoFactorRequired } from '@rapport/contracts'
import type { Origin } from '../../../platform/actor.ts'
import type { ProviderSettings } from '../../../platform/provider-settings.ts'
import type { SystemTx } from '../../../platform/tenancy.ts'
import { findHolderByEmail, noteProvedAddress } from '../account/holders.ts'
import { register, registerInvited, type Founding, type Registered } from '../accounts.ts'
import { wrongCredentials } from '../errors.ts'
import { admitOrAsk, openSession, type Admission } from '../logins.ts'
import type { Membership } from '../memberships.ts'
import { verifyPassword } from '../passwords.ts'
import { challengeEnded } from '../second-factor/errors.ts'
import { tellHolder } from '../second-factor/notice.ts'
import type { Client, PlatformTx } from '../sessions.ts'
import { beginStep, takeStep, tryStep, type StepData } from '../sign-in-steps.ts'
import type { SignIn } from '../sign-in.ts'
import { getUser } from '../users.ts'
import { accountNeedsProof, addressNotVouched, identityTaken, signInEnded } from './errors.ts'
import type { Claims } from './provider-client.ts'
import { insertIdentity, noteIdentityUse, type IdentityKey, type IdentityRow } from './repository.ts'

export type ProviderParts = SignIn & { founding: Founding }
export type Visitor = { client: Client; origin: Origin; invitation_token?: string | undefined }

const keyOf = ({ provider }: ProviderSettings, { issuer, subject }: Claims): IdentityKey => ({
  provider,
  issuer,
  subject,
})

export async function signInByProvider(
  parts: ProviderParts,
  settings: ProviderSettings,
  claims: Claims,
  visitor: Visitor,
): Promise<Admission | TwoFactorRequired | PasswordRequired> {
  const { email, vouched } = claims
  const key = keyOf(settings, claims)
  const known = await parts.tenancy.inSystem(async (tx) => {
    const user_id = await noteIdentityUse(tx, key, email, parts.access.now())
    if (user_id !== null) return enter(tx, parts, user_id, visitor)
    if (email === null || !vouched) throw addressNotVouched(settings.name)
    const holder = await findHolderByEmail(tx, email)
    if (!holder) return null
    if (holder.email_verified_at !== null) {
      await link(parts, tx, settings, { ...key, user_id: holder.id, email }, visitor.origin)
      return enter(tx, parts, holder.id, visitor)
    }
    if (holder.password_hash === null) throw accountNeedsProof(settings.name)
    return askPassword(tx, parts, { ...key, user_id: holder.id, email })
  })
  return known ?? createAccount(parts, settings, claims, visitor)
}

const enter = async (
  tx: SystemTx,
  { access }: ProviderParts,
  user_id: string,
  { client }: Visitor,
): Promise<Admission | TwoFactorRequired> => admitOrAsk(tx, access, await getUser(tx, user_id), null, client)

/** @throws 409 when it opens another account, or this one already */
export async function link(
  { mail }: Pick<SignIn, 'mail'>,
  tx: SystemTx,
  { name }: ProviderSettings,
  identity: IdentityKey & { user_id: string; email: string | null },
  origin: Origin,
): Promise<IdentityRow> {
  const linked = await insertIdentity(tx, identity)
  if (!linked) throw identityTaken(name)
  const { user_id, provider, email } = identity
  const after = { provider, email }
  const change = { action: 'identity.linked' as const, record_id: linked.id, name, after }
  await tellHolder(tx, mail, { user_id, origin }, change)
  return linked
}

async function askPassword(
  tx: PlatformTx,
  { access }: ProviderParts,
  { user_id, email, ...key }: IdentityKey & { user_id: string; email: string },
): Promise<PasswordRequired> {
  const data: StepData = { ...key, email }
  const challenge = await beginStep(tx, { kind: 'provider_password', user_id, data }, access.now())
  return { password_required: true, challenge, email }
}

/** The holder has answered with the password: both know the address, so it counts as proved from now on. */
export async function linkWithPassword(
  parts: ProviderParts,
  settings: ProviderSettings,
  { challenge, password }: { challenge: string; password: string },
  visitor: Visitor,
): Promise<Admission | TwoFactorRequired> {
  const { tenancy, access, throttle } = parts
  const { ip } = visitor.client
  const step = await tenancy.inSystem((tx) => tryStep(tx, 'provider_password', challenge, access.now()))
  const { issuer, subject, email, provider } = step?.data ?? {}
  if (!step?.user_id || !issuer || !subject || !email || provider !== settings.provider)
    throw challengeEnded()
  const { user_id } = step
  await throttle.refuseAfterFailures(ip, email)
  const holder = await tenancy.inSystem((tx) => findHolderByEmail(tx, email))
  const right = holder?.id === user_id && (await verifyPassword(holder.password_hash, password))
  await throttle.refuseAfterFailures(ip, email)
  if (!right) {
    await throttle.countFailure(ip, email)
    throw wrongCredentials()
  }
  await throttle.forgiveAccount(email)
  return tenancy.inSystem(async (tx) => {
    if (!(await takeStep(tx, 'provider_password', challenge, access.now()))) throw challengeEnded()
    await noteProvedAddress(tx, { user_id, email }, access.now())
    const identity = { provider, issuer, subject, user_id, email }
    await link(parts, tx, settings, identity, visitor.origin)
    return enter(tx, parts, user_id, visitor)
  })
}

/** Made as by registering, with an invitation or without, but with a proved address and without a password. */
function createAccount(
  parts: ProviderParts,
  settings: ProviderSettings,
  claims: Claims,
  { client, origin, invitation_token }: Visitor,
): Promise<Admission> {
  const { founding, access } = parts
  const { name, locale } = claims
  const email = claims.email ?? ''
  const person = {
    email,
    full_name: name ?? email.split('@')[0] ?? email,
    password: null,
    language: locale?.toLowerCase().startsWith('pt') ? ('pt-BR' as const) : ('en' as const),
  }
  const open: Registered<Admission> = async ({ tx, audit }, { id: user_id }, organization, role) => {
    // Somebody else may have taken the address a moment ago; then this attempt has to start again.
    if (!(await noteProvedAddress(tx, { user_id, email }, access.now()))) throw signInEnded()
    const user = await getUser(tx, user_id)
    const identity = await insertIdentity(tx, { ...keyOf(settings, claims), user_id, email })
    if (!identity) throw signInEnded()
    audit({
      action: 'identity.linked',
      object: 'identity',
      record_id: identity.id,
      record_name: settings.name,
      category: 'security',
      after: { provider: settings.provider, email },
    })
    const granted = await openSession(tx, access, user.id, organization.id, client)
    audit({
      action: 'session.opened',
      object: 'session',
      record_id: granted.session_id,
      record_name: user.full_name,
      after: { provider: settings.provider },
    })
    return { who: { user, organization, role: role as Membership['role'] }, granted }
  }
  return invitation_token === undefined
    ? register(founding, person, open)
    : registerInvited({ ...parts, taken: 'refuse', origin }, person, invitation_token, open)
}
