/** Making accounts and organizations: each in one transaction with everything an organization needs. */
import type { Organization, Registration, Role, User } from '@rapport/contracts'
import { newId } from '../../platform/ids.ts'
import type { z } from 'zod'
import { ownerActor, type Actor, type Origin } from '../../platform/actor.ts'
import type { Ctx, SystemTx, Tenancy } from '../../platform/tenancy.ts'
import { unknownTimeZone } from './errors.ts'
import { insertMembership } from './memberships.ts'
import { getOrganization, insertOrganization } from './organizations.ts'
import { hashPassword } from './passwords.ts'
import { getUser, insertUser, type TakenAddress } from './users.ts'

/** What other modules add to a new organization, in the transaction that makes it. */
export type OrganizationHook = (ctx: Ctx) => Promise<unknown>

/** `proves_address`: the token was mailed to the address, and not only shown to whoever invited. */
export type InvitedPlace = { organization_id: string; role: string; proves_address: boolean }

/** How an invited person comes in while signing up or logging in; the members module supplies it. */
export type InvitationDesk = {
  /** Where the token leads; throws when it is not open, or not for that address. */
  find: (tx: SystemTx, token: string, email: string) => Promise<InvitedPlace>
  /** Joins the actor's organization and answers the role. */
  accept: (ctx: Ctx, token: string, user: User) => Promise<string>
}

export type Founding = {
  tenancy: Pick<Tenancy, 'inTenant' | 'inSystem'>
  onOrganizationCreated: readonly OrganizationHook[]
}
export type Inviting = Pick<Founding, 'tenancy'> & { invitations: InvitationDesk }
type Founder = Actor & { user_id: string }
export type Registered<T> = (ctx: Ctx, user: User, organization: Organization, role: string) => Promise<T>
/** Without a password the account is opened by a provider or a passkey. */
type NewPerson = Omit<
  z.output<typeof Registration>,
  'password' | 'organization_name' | 'invitation_token'
> & {
  password: string | null
  /** When the address has been proved already. */
  email_verified_at?: Date
}

/** Makes an account and its organization; `then` adds what must come with it (the first session). */
export async function register<T>(
  { tenancy, onOrganizationCreated, taken }: Founding & { taken?: TakenAddress },
  { organization_name, password, ...person }: NewPerson & { organization_name?: string | undefined },
  then: Registered<T>,
): Promise<T> {
  requireTimeZone(person.time_zone)
  const password_hash = password === null ? null : await hashPassword(password)
  const [firstName] = person.full_name.split(/\s+/)
  const owner = ownerOf({ id: newId(), name: person.full_name, time_zone: person.time_zone ?? 'UTC' })
  return tenancy.inTenant(owner, async (ctx) => {
    const user = await insertUser(ctx.tx, owner.user_id, { ...person, password_hash }, taken)
    const name = organization_name ?? `${firstName}'s organization`
    return then(ctx, user, await foundOrganization(ctx, name, onOrganizationCreated), 'owner')
  })
}

/** Makes an account that joins the organization it was invited to. */
export async function registerInvited<T>(
  { tenancy, invitations, taken, origin }: Inviting & { taken: TakenAddress; origin: Origin },
  { password, ...person }: NewPerson,
  token: string,
  then: Registered<T>,
): Promise<T> {
  requireTimeZone(person.time_zone)
  const place = await tenancy.inSystem((tx) => invitations.find(tx, token, person.email))
  const password_hash = password === null ? null : await hashPassword(password)
  const guest = { ...guestActor({ id: newId(), full_name: person.full_name }, place), origin }
  return tenancy.inTenant(guest, async (ctx) => {
    const account = { ...person, password_hash }
    const user = await (place.proves_address
      ? insertUser(ctx.tx, guest.user_id, { ...account, email_verified_at: new Date() })
      : insertUser(ctx.tx, guest.user_id, account, taken))
    const role = await invitations.accept(ctx, token, user)
    return then(ctx, user, await getOrganization(ctx.tx, place.organization_id), role)
  })
}

/** Lets somebody who has an account into the organization that invited them. */
export async function joinInvited(
  { tenancy, invitations }: Inviting,
  user: User,
  place: InvitedPlace,
  token: string,
  origin: Origin,
): Promise<void> {
  await tenancy.inTenant({ ...guestActor(user, place), origin }, (ctx) =>
    invitations.accept(ctx, token, user),
  )
}

/** Somebody who is just coming in: known by name, allowed nothing yet. */
export const guestActor = (
  { id: user_id, full_name: name }: Pick<User, 'id' | 'full_name'>,
  { organization_id, role }: { organization_id: string; role: string },
): Founder => ({ ...ownerActor({ user_id, name, organization_id }), role, role_name: role, grants: {} })

/** A further organization of somebody who has an account. */
export async function createOrganization(
  { tenancy, onOrganizationCreated }: Founding,
  user_id: string,
  { name, currency }: { name: string; currency?: string | undefined },
): Promise<Organization> {
  const { full_name, time_zone } = await tenancy.inSystem((tx) => getUser(tx, user_id))
  const owner = ownerOf({ id: user_id, name: full_name, time_zone }, currency)
  return tenancy.inTenant(owner, (ctx) => foundOrganization(ctx, name, onOrganizationCreated))
}

/** The owner of an organization that comes to exist in the transaction that runs for them. */
function ownerOf(founder: { id: string; name: string; time_zone: string }, currency = 'USD'): Founder {
  const { id: user_id, name, time_zone } = founder
  return ownerActor({ user_id, name, time_zone, organization_id: newId(), currency })
}

async function foundOrganization(
  ctx: Ctx,
  name: string,
  hooks: readonly OrganizationHook[],
): Promise<Organization> {
  const { organization_id, user_id, currency, name: full_name } = ctx.actor
  if (user_id === null) throw new Error('An organization is founded by a person.')
  const organization = await insertOrganization(ctx.tx, { id: organization_id, name, currency })
  await admitMember(ctx, { id: user_id, full_name }, 'owner')
  for (const addTo of hooks) await addTo(ctx)
  return organization
}

type NewAccount = { email: string; password: string; full_name: string; language?: User['language'] } & Pick<
  NewPerson,
  'email_verified_at'
>

/** A new account that is a member of the actor's organization from the start. */
export async function addMember(ctx: Ctx, { password, ...person }: NewAccount, role: Role): Promise<User> {
  const password_hash = await hashPassword(password)
  const user = await insertUser(ctx.tx, newId(), { ...person, password_hash })
  await admitMember(ctx, user, role)
  return user
}

/** Lets the person in, or in again; false for somebody who is in. */
export async function admitMember(
  { tx, actor, emit }: Ctx,
  { id, full_name }: Pick<User, 'id' | 'full_name'>,
  role: string,
): Promise<boolean> {
  const { organization_id } = actor
  const joined = await insertMembership(tx, { organization_id, user_id: id, role })
  const record = { object: 'member', id, name: full_name }
  if (joined) emit({ type: 'member.joined', record, changes: { after: { role } }, data: { full_name, role } })
  return joined
}

export function requireTimeZone(time_zone: string | undefined): void {
  if (time_zone === undefined) return
  try {
    new Intl.DateTimeFormat('en', { timeZone: time_zone })
  } catch (error) {
    if (error instanceof RangeError) throw unknownTimeZone()
    throw error
  }
}
