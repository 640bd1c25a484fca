/** What a conversion would make of a lead: from what the caller sees of it, into what they may fill in. */
import {
  customPrefix,
  mayEdit,
  type ConversionProposal,
  type ConvertedObject,
  type Lead,
} from '@rapport/contracts'
import { scopeOf } from '../../platform/actor.ts'
import { presentRow, seenBy } from '../../platform/lists/index.ts'
import type { Ctx } from '../../platform/tenancy.ts'
import { domainsOf } from '../companies/index.ts'
import { leads, type LeadRow } from '../leads/index.ts'
import { matchCompanies, matchContacts } from './matches.ts'
import { carried, targets } from './targets.ts'

type Values = Record<string, unknown>

export async function propose(ctx: Ctx, row: LeadRow): Promise<ConversionProposal> {
  // A role that does not see a field of the lead does not carry it somewhere where it would.
  const lead = presentRow(leads.records, ctx.actor, row) as Partial<Lead>
  const contact = await matchContacts(ctx, lead, row.id)
  return {
    company: { matches: await matchCompanies(ctx, lead, contact), values: newCompany(ctx, lead) },
    contact: {
      matches: contact.map(({ id, name, by }) => ({ id, name, by })),
      values: newContact(ctx, lead),
    },
    deal: { values: newDeal(ctx, lead) },
  }
}

function newCompany(ctx: Ctx, lead: Partial<Lead>): Values | null {
  if (!lead.company_name || !mayMake(ctx, 'company')) return null
  const domain = domainOf(lead)
  return {
    ...valuesFor(ctx, 'company', lead),
    ...(domain !== null && mayEdit(ctx.actor.field_rules, 'company', 'domain') ? { domain } : {}),
  }
}

/** That of the address, unless anybody can have it, or else that of the web site. */
function domainOf({ email, website }: Partial<Lead>): string | null {
  const [domain] = email ? domainsOf(email) : []
  if (domain !== undefined) return domain
  const host = website
    ? URL.parse(/^[a-z]+:/i.test(website) ? website : `https://${website}`)?.hostname
    : null
  return host?.includes('.') ? host.replace(/^www\./, '') : null
}

const newContact = (ctx: Ctx, lead: Partial<Lead>): Values | null =>
  lead.full_name && mayMake(ctx, 'contact') ? valuesFor(ctx, 'contact', lead) : null

function newDeal(ctx: Ctx, lead: Partial<Lead>): Values | null {
  const name = lead.company_name ?? lead.full_name
  return name && mayMake(ctx, 'deal') ? { name, ...valuesFor(ctx, 'deal', lead) } : null
}

const mayMake = ({ actor }: Ctx, object: ConvertedObject): boolean =>
  scopeOf(actor, targets[object].create) !== undefined

function valuesFor({ actor }: Ctx, object: ConvertedObject, lead: Partial<Lead>): Values {
  const { records } = targets[object]
  const from = lead as Values
  const may = (field: string) => field === records.title || mayEdit(actor.field_rules, object, field)
  const fields = Object.entries(carried[object])
    .filter(([field, source]) => may(field) && from[source] !== undefined)
    .map(([field, source]) => [field, from[source]] as const)
    // Nobody's stays nobody's; whatever else is empty is left to what follows from the rest.
    .filter(([field, value]) => value !== null || field === 'owner_id')
  const tags = may('tags') && lead.tags?.length ? { tags: lead.tags.map(({ id }) => id) } : {}
  const custom = ownValues(
    seenBy(leads.records, actor).own,
    seenBy(records, actor).own,
    lead.custom ?? {},
    may,
  )
  return { ...Object.fromEntries(fields), ...tags, ...(Object.keys(custom).length > 0 ? { custom } : {}) }
}

type Own = ReturnType<typeof seenBy>['own']

/** Values of the organization's own fields go along where the target has one of the same key and type. */
function ownValues(from: Own, to: Own, custom: Values, may: (field: string) => boolean): Values {
  return Object.fromEntries(
    Object.entries(custom).filter(([key]) => {
      const type = from.get(key)?.type
      return type !== undefined && type !== 'formula' && type === to.get(key)?.type && may(customPrefix + key)
    }),
  )
}
