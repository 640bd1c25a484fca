/** What a quote tells, read in one transaction: the offer, who makes it and for whom, as far as the caller may see it. */
import type { Company, Contact } from '@rapport/contracts'
import { sql } from 'kysely'
import type { Actor } from '../../../platform/actor.ts'
import { recordJson, recordsOf, visibleClause } from '../../../platform/lists/index.ts'
import { conflict, notFound } from '../../../platform/problems.ts'
import type { Ctx } from '../../../platform/tenancy.ts'
import { requireSeenValue } from '../lines/present.ts'
import { selectPricedDeal, type PricedDeal } from '../lines/repository.ts'

type Context = Pick<Ctx, 'tx' | 'actor'>
/** Only the fields that the caller's role sees are there. */
type Seen<Record> = Partial<Record> | null

export type QuoteContent = {
  deal: PricedDeal
  organization: string
  company: Seen<Company>
  contact: Seen<Contact>
  /** Whose deal it is. */
  seller: { full_name: string; email: string } | null
}

export async function readQuote(ctx: Context, id: string): Promise<QuoteContent> {
  const { tx, actor } = ctx
  const [deal] = (await selectPricedDeal(actor, id).execute(tx)).rows
  if (!deal) throw notFound('deal', id)
  requireSeenValue(actor)
  if (deal.lines.length === 0)
    throw conflict('no_line_items', 'The deal has no line items, so there is nothing to offer.')
  const [organization, company, contact, seller] = await Promise.all([
    tx
      .selectFrom('organizations')
      .select('name')
      .where('id', '=', actor.organization_id)
      .executeTakeFirstOrThrow(),
    readCompany(ctx, deal.company_id),
    readContact(ctx, id),
    readSeller(ctx, deal.owner_id),
  ])
  return { deal, organization: organization.name, company, contact, seller }
}

async function readCompany({ tx, actor }: Context, id: string | null): Promise<Seen<Company>> {
  if (id === null || !mayRead(actor, 'company')) return null
  const records = recordsOf('company')
  const { rows } = await sql<{ text: string }>`
    SELECT ${recordJson(records, actor)} AS text FROM companies r WHERE r.organization_id = ${actor.organization_id}::uuid
      AND r.id = ${id}::uuid AND r.deleted_at IS NULL ${visibleClause(records, actor)}`.execute(tx)
  return rows[0] ? (JSON.parse(rows[0].text) as Partial<Company>) : null
}

/** The first one that was linked. */
async function readContact({ tx, actor }: Context, deal_id: string): Promise<Seen<Contact>> {
  if (!mayRead(actor, 'contact')) return null
  const records = recordsOf('contact')
  const { rows } = await sql<{ text: string }>`
    SELECT ${recordJson(records, actor)} AS text
    FROM deal_contacts l JOIN contacts r ON r.organization_id = l.organization_id AND r.id = l.contact_id
    WHERE l.organization_id = ${actor.organization_id}::uuid AND l.deal_id = ${deal_id}::uuid
      AND r.deleted_at IS NULL ${visibleClause(records, actor)}
    ORDER BY l.created_at, l.contact_id LIMIT 1`.execute(tx)
  return rows[0] ? (JSON.parse(rows[0].text) as Partial<Contact>) : null
}

const mayRead = ({ grants }: Actor, object: string) =>
  grants[recordsOf(object).permissions.read] !== undefined

async function readSeller({ tx }: Context, owner_id: string | null): Promise<QuoteContent['seller']> {
  if (owner_id === null) return null
  const seller = await tx
    .selectFrom('users')
    .select(['full_name', 'email'])
    .where('id', '=', owner_id)
    .executeTakeFirst()
  return seller ?? null
}
