/** Leads and contacts that belong together. A link is kept with the lead: whoever may change that may change its links. */
import { maxLeadContacts, type LeadContact, type NewLeadContact } from '@rapport/contracts'
import { sql } from 'kysely'
import { conflict, notFound } from '../../platform/problems.ts'
import type { Ctx } from '../../platform/tenancy.ts'
import { writeActivities } from '../activities/index.ts'
import { leads } from '../leads/index.ts'
import {
  createRecord,
  emitFact,
  lockRow,
  refuseTrashed,
  requireRelatedRecord,
  requireTouchable,
  type BaseRow,
} from '../records/index.ts'
import { contacts } from './definition.ts'
import { readLeadContacts } from './linked.ts'

type Link = { contact_id: string; part: string | null }

export async function linkContact(
  ctx: Ctx,
  lead_id: string,
  { contact_id: known, part = null, ...made }: NewLeadContact,
): Promise<LeadContact> {
  const lead = await lockLead(ctx, lead_id)
  if (known !== undefined) await requireRelatedRecord(ctx, contacts.records, 'contact_id', known)
  const contact_id = known ?? (await createRecord(ctx, contacts, { given: made })).id
  const links = await linksOf(ctx, lead_id)
  const before = links.find((link) => link.contact_id === contact_id)
  if (!before && links.length >= maxLeadContacts) throw tooManyContacts()
  await keepLink(ctx, lead, { contact_id, part: part ?? before?.part ?? null }, before)
  return oneOf(ctx, lead_id, contact_id)
}

export async function changePart(
  ctx: Ctx,
  lead_id: string,
  { contact_id, part }: Link,
): Promise<LeadContact> {
  const lead = await lockLead(ctx, lead_id)
  await oneOf(ctx, lead_id, contact_id)
  const before = (await linksOf(ctx, lead_id)).find((link) => link.contact_id === contact_id)
  await keepLink(ctx, lead, { contact_id, part }, before)
  return oneOf(ctx, lead_id, contact_id)
}

export async function unlinkContact(ctx: Ctx, lead_id: string, contact_id: string): Promise<void> {
  const lead = await lockLead(ctx, lead_id)
  const { part } = await oneOf(ctx, lead_id, contact_id)
  await ctx.tx
    .deleteFrom('lead_contacts')
    .where('organization_id', '=', ctx.actor.organization_id)
    .where('lead_id', '=', lead_id)
    .where('contact_id', '=', contact_id)
    .execute()
  await tell(ctx, lead, 'unlinked', contact_id, { before: { contact_id, part } })
}

/** Its links change with the row locked, so that they are counted and told in turn. */
async function lockLead(ctx: Ctx, id: string): Promise<BaseRow> {
  const row = requireTouchable(ctx.actor, leads, 'leads:update', await lockRow(ctx, leads, id), id)
  refuseTrashed('lead', row)
  return row
}

const linksOf = ({ tx, actor }: Ctx, lead_id: string): Promise<Link[]> =>
  tx
    .selectFrom('lead_contacts')
    .select(['contact_id', 'part'])
    .where('organization_id', '=', actor.organization_id)
    .where('lead_id', '=', lead_id)
    .execute()

async function keepLink(ctx: Ctx, lead: BaseRow, link: Link, before: Link | undefined): Promise<void> {
  const { contact_id, part } = link
  if (before && before.part === part) return
  await sql`
    INSERT INTO lead_contacts (organization_id, lead_id, contact_id, part)
    VALUES (${ctx.actor.organization_id}::uuid, ${lead.id}::uuid, ${contact_id}::uuid, ${part})
    ON CONFLICT (organization_id, lead_id, contact_id) DO UPDATE SET part = excluded.part`.execute(ctx.tx)
  await tell(ctx, lead, 'linked', contact_id, {
    ...(before ? { before: { contact_id, part: before.part } } : {}),
    after: { contact_id, part },
  })
}

type Told = { before?: Link; after?: Link }

/** On both timelines, without anything that tells of the person: timelines and events outlive whom they tell of. */
async function tell(
  ctx: Ctx,
  lead: BaseRow,
  what: 'linked' | 'unlinked',
  contact_id: string,
  changes: Told,
): Promise<void> {
  const about = (object: string, id: string) => ({ type: what, data: { object, id } })
  await writeActivities(ctx, [
    { object: 'lead', record_id: lead.id, ...about('contact', contact_id) },
    { object: 'contact', record_id: contact_id, ...about('lead', lead.id) },
  ])
  emitFact(ctx, leads, `lead.contact_${what}`, lead, { changes, data: { contact_id } })
}

async function oneOf(ctx: Ctx, lead_id: string, contact_id: string): Promise<LeadContact> {
  const [link] = await readLeadContacts(ctx, lead_id, contact_id)
  if (link) return link
  throw notFound('contact', contact_id)
}

const tooManyContacts = () => conflict('too_many_contacts', `A lead has at most ${maxLeadContacts} contacts.`)
