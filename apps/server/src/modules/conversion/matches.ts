/** Records that the lead may mean already: found by the search, then held against the lead exactly. */
import type { ConversionMatch, Lead } from '@rapport/contracts'
import { sql, type RawBuilder, type SqlBool } from 'kysely'
import { reachableClause, seenBy } from '../../platform/lists/index.ts'
import type { Ctx } from '../../platform/tenancy.ts'
import { findCompanyOfEmail } from '../companies/index.ts'
import { matchClause } from '../search/index.ts'
import { targets } from './targets.ts'

type Context = Pick<Ctx, 'tx' | 'actor'>
export type ContactMatch = ConversionMatch & { company_id: string | null }

const mostMatches = 5
const lookedAt = 200

/** Those linked to the lead first, then by address and number; the caller may read and see what they match by. */
export async function matchContacts(
  ctx: Context,
  lead: Partial<Lead>,
  lead_id: string,
): Promise<ContactMatch[]> {
  const { fields } = seenBy(targets.contact.records, ctx.actor)
  const numbers = [lead.phone, lead.mobile].filter((number) => number != null)
  const found = [...(await linkedContacts(ctx, lead_id))]
  if (lead.email && fields.has('email') && fields.has('emails'))
    found.push(
      ...(await contactsBy(
        ctx,
        'email',
        lead.email,
        sql`(t.email = ${lead.email} OR ${lead.email} = ANY(t.emails))`,
      )),
    )
  if (fields.has('phone') && fields.has('mobile') && fields.has('phones'))
    for (const number of numbers)
      found.push(
        ...(await contactsBy(
          ctx,
          'phone',
          number,
          sql`(${number} IN (t.phone, t.mobile) OR ${number} = ANY(t.phones))`,
        )),
      )
  return firstOfEach(found)
}

function firstOfEach<Match extends { id: string }>(found: readonly Match[]): Match[] {
  const known = new Map<string, Match>()
  for (const match of found) if (!known.has(match.id)) known.set(match.id, match)
  return [...known.values()].slice(0, mostMatches)
}

async function linkedContacts({ tx, actor }: Context, lead_id: string): Promise<ContactMatch[]> {
  const { rows } = await sql<ContactMatch>`
    SELECT t.id, t.full_name AS name, 'linked' AS by, t.company_id ${reachableClause({ target: targets.contact.records }, actor)}
      AND t.id IN (SELECT l.contact_id FROM lead_contacts l WHERE l.organization_id = ${actor.organization_id}::uuid AND l.lead_id = ${lead_id}::uuid)
    ORDER BY t.created_at, t.id LIMIT ${mostMatches}`.execute(tx)
  return rows
}

async function contactsBy(
  { tx, actor }: Context,
  by: 'email' | 'phone',
  text: string,
  is: RawBuilder<unknown>,
): Promise<ContactMatch[]> {
  const match = matchClause(actor, 'contact', 'contacts:read', text)
  if (!match) return []
  const { rows } = await sql<ContactMatch>`
    SELECT t.id, t.full_name AS name, ${by} AS by, t.company_id ${reachableClause({ target: targets.contact.records }, actor)}
      AND t.id IN (SELECT record_id FROM (${match.newest(null, lookedAt)}) found) AND ${is as RawBuilder<SqlBool>}
    ORDER BY t.created_at, t.id LIMIT ${mostMatches}`.execute(tx)
  return rows
}

/** The company of the address, those of the matched contacts, and those of the same name. */
export async function matchCompanies(
  ctx: Context,
  { email, company_name }: Partial<Lead>,
  contacts: readonly ContactMatch[],
): Promise<ConversionMatch[]> {
  const { fields } = seenBy(targets.company.records, ctx.actor)
  const ofEmail = email && fields.has('domain') ? await findCompanyOfEmail(ctx, email) : null
  const seesCompany = seenBy(targets.contact.records, ctx.actor).fields.has('company_id')
  const ofContacts = seesCompany ? contacts.flatMap(({ company_id }) => company_id ?? []) : []
  const found = [
    ...(await companiesById(ctx, ofEmail === null ? [] : [ofEmail], 'domain')),
    ...(await companiesById(ctx, ofContacts, 'linked')),
    ...(company_name && fields.has('name') ? await companiesByName(ctx, company_name) : []),
  ]
  return firstOfEach(found)
}

async function companiesById(
  { tx, actor }: Context,
  ids: readonly string[],
  by: ConversionMatch['by'],
): Promise<ConversionMatch[]> {
  if (ids.length === 0) return []
  const { rows } = await sql<ConversionMatch>`
    SELECT t.id, t.name, ${by} AS by ${reachableClause({ target: targets.company.records }, actor)}
      AND t.id = ANY(${ids}::uuid[])`.execute(tx)
  return rows
}

async function companiesByName({ tx, actor }: Context, name: string): Promise<ConversionMatch[]> {
  const match = matchClause(actor, 'company', 'companies:read', name)
  if (!match) return []
  const { rows } = await sql<ConversionMatch>`
    SELECT t.id, t.name, 'name' AS by ${reachableClause({ target: targets.company.records }, actor)}
      AND t.id IN (SELECT record_id FROM (${match.newest(null, lookedAt)}) found)
      AND lower(t.name COLLATE "default") = lower(${name}::text COLLATE "default")
    ORDER BY t.created_at, t.id LIMIT ${mostMatches}`.execute(tx)
  return rows
}
