/** Making accounts and organizations: each in one transaction with everything an organization needs. */
import type { Organization, Registration, Role, User } from '@rapport/contracts'
import { v7 as uuidv7 } from 'uuid'
import type { z } from 'zod'
import { ownerActor, type Actor } from '../../platform/actor.ts'
import type { Ctx, Tenancy } from '../../platform/tenancy.ts'
import { unknownTimeZone } from './errors.ts'
import { insertMembership } from './memberships.ts'
import { insertOrganization } from './organizations.ts'
import { hashPassword } from './passwords.ts'
import { getUser, insertUser } from './users.ts'

/** What other modules add to a new organization, in the transaction that makes it. */
export type OrganizationHook = (ctx: Ctx) => Promise<unknown>

type Founding = {
  tenancy: Pick<Tenancy, 'inTenant' | 'inSystem'>
  onOrganizationCreated: readonly OrganizationHook[]
}
type Founder = Actor & { user_id: string }

/** Makes an account and its organization; `then` adds what must come with it (the first session). */
export async function register<T>(
  { tenancy, onOrganizationCreated }: Founding,
  { organization_name, password, ...person }: z.output<typeof Registration>,
  then: (ctx: Ctx, user: User, organization: Organization) => Promise<T>,
): Promise<T> {
  requireTimeZone(person.time_zone)
  const password_hash = await hashPassword(password)
  const [firstName] = person.full_name.split(/\s+/)
  const owner = ownerOf({ id: uuidv7(), name: person.full_name, time_zone: person.time_zone ?? 'UTC' })
  return tenancy.inTenant(owner, async (ctx) => {
    const user = await insertUser(ctx.tx, owner.user_id, { ...person, password_hash })
    const name = organization_name ?? `${firstName}'s organization`
    return then(ctx, user, await foundOrganization(ctx, name, onOrganizationCreated))
  })
}

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
  return ownerActor({ user_id, name, time_zone, organization_id: uuidv7(), currency })
}

async function foundOrganization(
  ctx: Ctx,
  name: string,
  hooks: readonly OrganizationHook[],
): Promise<Organization> {
  const { organization_id, user_id, currency, name: full_name } = ctx.actor
  if (user_id === null) throw new Error('An organization is founded by a person.')
  const organization = await insertOrganization(ctx.tx, { id: organization_id, name, currency })
  await admit(ctx, { id: user_id, full_name }, 'owner')
  for (const addTo of hooks) await addTo(ctx)
  return organization
}

type NewAccount = { email: string; password: string; full_name: string; language?: User['language'] }

/** A new account that is a member of the actor's organization from the start. */
export async function addMember(ctx: Ctx, { password, ...person }: NewAccount, role: Role): Promise<User> {
  const password_hash = await hashPassword(password)
  const user = await insertUser(ctx.tx, uuidv7(), { ...person, password_hash })
  await admit(ctx, user, role)
  return user
}

async function admit(
  { tx, actor, emit }: Ctx,
  { id, full_name }: Pick<User, 'id' | 'full_name'>,
  role: Role,
): Promise<void> {
  await insertMembership(tx, { organization_id: actor.organization_id, user_id: id, role })
  emit({ type: 'member.joined', record: { object: 'member', id }, data: { full_name, role } })
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
