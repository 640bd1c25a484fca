/** A lead becomes a company, a contact and a deal, all of it in one transaction. */
import {
  convertedObjects,
  type Converted,
  type ConvertedObject,
  type ConvertLead,
  type RecordTag,
} from '@rapport/contracts'
import { presentRow } from '../../platform/lists/index.ts'
import { invalid, Problem } from '../../platform/problems.ts'
import type { Ctx } from '../../platform/tenancy.ts'
import { writeActivities } from '../activities/index.ts'
import { dealLinking, leadLinking, linkAll, linkedContactsOf } from '../contacts/index.ts'
import { stagedDeals, type DealRow } from '../deals/index.ts'
import { leads, type LeadRow } from '../leads/index.ts'
import {
  createRecord,
  emitFact,
  lockRow,
  refuseStale,
  refuseTrashed,
  requireEditableFields,
  requireRelatedRecord,
  requireTouchable,
  updateRecord,
  type BaseRow,
  type Given,
} from '../records/index.ts'
import { createStaged } from '../staged/index.ts'
import { propose } from './proposal.ts'
import { findConversion, insertConversion, type ConversionRow } from './repository.ts'
import { targets } from './targets.ts'

type Wish = { id?: string | undefined; values?: object | undefined } | null | undefined
type Proposed = { matches?: readonly { id: string }[]; values: Given | null }
type Taken = { row: BaseRow; made: boolean } | null

/** A lead that is converted already is answered as it was: a retry is not an error. */
export async function convertLead(ctx: Ctx, id: string, asked: ConvertLead): Promise<Converted> {
  const lead = await lockLead(ctx, id)
  const known = await findConversion(ctx, lead.id)
  if (known) return present(ctx, lead, await readTaken(ctx, known))
  await refuseStale(ctx, leads, lead, asked.version, { status: 'converted' })
  requireEditableFields(ctx.actor, leads, { status: 'converted' }, 'changing')
  const proposal = await propose(ctx, lead)
  const company = await take(ctx, 'company', asked.company, proposal.company, {})
  const belongs = company ? { company_id: company.row.id } : {}
  const contact = await take(ctx, 'contact', asked.contact, proposal.contact, belongs)
  const deal = await take(ctx, 'deal', asked.deal, proposal.deal, belongs)
  const linked = await linkPeople(ctx, lead, contact, deal)
  const converted = await updateRecord(ctx, leads, lead.id, { status: 'converted' })
  await keep(ctx, converted, lead, { company, contact, deal }, linked)
  return present(ctx, converted, { company, contact, deal })
}

export async function lockLead(ctx: Ctx, id: string): Promise<LeadRow> {
  const lead = requireTouchable(ctx.actor, leads, 'leads:update', await lockRow(ctx, leads, id), id)
  refuseTrashed(leads, lead)
  return lead
}

/** What the caller wants, or else what is proposed: the first match, or a new record. */
async function take(
  ctx: Ctx,
  object: ConvertedObject,
  wish: Wish,
  { matches = [], values }: Proposed,
  belongs: Given,
): Promise<Taken> {
  if (wish === null) return null
  const id = wish === undefined ? matches[0]?.id : wish.id
  if (id !== undefined) return { row: await readExisting(ctx, object, id), made: false }
  const given = wish === undefined ? values : { ...values, ...wish.values }
  if (given === null) return null
  const whole = { ...belongs, ...given }
  return { row: await make(ctx, object, whole).catch(placedIn(object)), made: true }
}

function make(ctx: Ctx, object: ConvertedObject, given: Given): Promise<BaseRow> {
  if (object === 'deal') return createStaged(ctx, stagedDeals, given)
  return object === 'company'
    ? createRecord(ctx, targets.company, { given })
    : createRecord(ctx, targets.contact, { given })
}

/** What is wrong with the values of one of three records is told by its place in the request. */
const placedIn =
  (object: ConvertedObject) =>
  (error: unknown): never => {
    if (!(error instanceof Problem) || !error.extra.errors) throw error
    throw invalid(error.extra.errors.map((one) => ({ ...one, path: `${object}.values.${one.path}` })))
  }

async function readExisting(ctx: Ctx, object: ConvertedObject, id: string): Promise<BaseRow> {
  await requireRelatedRecord(ctx, targets[object].records, `${object}.id`, id)
  return lockTarget(ctx, object, id)
}

export async function lockTarget(ctx: Ctx, object: ConvertedObject, id: string): Promise<BaseRow> {
  const rows = {
    company: () => lockRow(ctx, targets.company, id),
    contact: () => lockRow(ctx, targets.contact, id),
    deal: () => lockRow(ctx, targets.deal, id),
  }
  const row = await rows[object]()
  if (!row) throw new Error(`The ${object} ${id} is gone.`)
  return row
}

/** The contact belongs to the lead, and all contacts of the lead to the deal. Answers whether the first is new. */
async function linkPeople(ctx: Ctx, lead: LeadRow, contact: Taken, deal: Taken): Promise<boolean> {
  const before = await linkedContactsOf(ctx, leadLinking, lead.id)
  const isNew = contact !== null && !before.includes(contact.row.id)
  if (isNew) await linkAll(ctx, leadLinking, lead, [contact.row.id])
  if (deal?.made)
    await linkAll(ctx, dealLinking, deal.row as DealRow, isNew ? [contact.row.id, ...before] : before)
  return isNew
}

type Parts = Record<ConvertedObject, Taken>

async function keep(
  ctx: Ctx,
  converted: LeadRow,
  before: LeadRow,
  parts: Parts,
  linked: boolean,
): Promise<void> {
  const ids = idsOf(parts)
  const made = convertedObjects.filter((object) => parts[object]?.made)
  const data = { ...ids, made, version: converted.version }
  const [activity] = await writeActivities(ctx, [
    { object: 'lead', record_id: converted.id, type: 'converted', data, undoable: true },
  ])
  if (!activity) throw new Error('The conversion was not written.')
  const status_before = before.status
  await insertConversion(ctx, {
    lead_id: converted.id,
    ...ids,
    made,
    linked,
    status_before,
    activity_id: activity.id,
  })
  emitFact(ctx, leads, 'lead.converted', converted, {
    changes: { after: { ...ids, made } },
    data: { ...ids, made },
  })
}

const idsOf = ({ company, contact, deal }: Parts) => ({
  company_id: company?.row.id ?? null,
  contact_id: contact?.row.id ?? null,
  deal_id: deal?.row.id ?? null,
})

/** What it became, as far as it is still there and the caller may read it. */
async function readTaken(ctx: Ctx, known: ConversionRow): Promise<Parts> {
  const read = async (object: ConvertedObject): Promise<Taken> => {
    const id = known[`${object}_id`]
    if (id === null) return null
    const row = await readExisting(ctx, object, id).catch(() => null)
    return row && { row, made: known.made.includes(object) }
  }
  return { company: await read('company'), contact: await read('contact'), deal: await read('deal') }
}

function present({ actor }: Ctx, lead: LeadRow, parts: Parts): Converted {
  const one = (object: ConvertedObject) => {
    const row = parts[object]?.row
    return row ? presentRow(targets[object].records, actor, row as BaseRow & { tags: RecordTag[] }) : null
  }
  return {
    lead: presentRow(leads.records, actor, lead),
    company: one('company'),
    contact: one('contact'),
    deal: one('deal'),
  } as Converted
}
