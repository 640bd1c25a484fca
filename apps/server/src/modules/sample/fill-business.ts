import { sql } from 'kysely'
import type { Pipeline } from '@rapport/contracts'
import type { Ctx, TenantTx } from '../../platform/tenancy.ts'
import { companies } from '../companies/index.ts'
import { contacts, dealLinking, linkContact } from '../contacts/index.ts'
import { addLine, stagedDeals, type DealRow } from '../deals/index.ts'
import { products } from '../products/index.ts'
import { insertRecords } from '../records/index.ts'
import { insertStaged } from '../staged/index.ts'
import { sampleCustomers, sampleDeals, sampleProducts, type SampleDeal } from './business.ts'
import type { SampleLead } from './people.ts'

type Owners = readonly (string | null)[]
const linkedDeals = 6

/** Companies, the people in them, products, and deals in every stage of their pipeline. Answers the deals. */
export async function fillBusiness(
  ctx: Ctx,
  { owners, pipeline, leads }: { owners: Owners; pipeline: Pipeline; leads: readonly SampleLead[] },
): Promise<DealRow[]> {
  const ownerOf = (place: number) => owners[place % owners.length] ?? null
  const customers = sampleCustomers(leads)
  const offered = await insertRecords(
    ctx,
    products,
    sampleProducts.map((given) => ({ given })),
  )
  const known = await insertRecords(
    ctx,
    companies,
    customers.map(({ company, owner }) => ({ given: { ...company, owner_id: ownerOf(owner) } })),
  )
  const people = await insertRecords(
    ctx,
    contacts,
    customers.map(({ contact, owner }, index) => ({
      given: { ...contact, owner_id: ownerOf(owner), company_id: known[index]?.id ?? null },
    })),
  )
  const wanted = sampleDeals(customers)
  const deals = await insertStaged(
    ctx,
    stagedDeals,
    wanted.map(({ customer, stage, owner, lines: _, ...given }) => ({
      ...given,
      company_id: known[customer]?.id ?? null,
      owner_id: ownerOf(owner),
      stage_id: pipeline.stages[stage]?.id,
    })),
  )
  for (const [index, { customer, lines }] of wanted.entries()) {
    const deal = deals[index]
    const contact_id = people[customer]?.id
    if (!deal) continue
    if (index < linkedDeals && contact_id !== undefined)
      await linkContact(ctx, dealLinking, deal.id, { contact_id })
    for (const line of lines) await addLine(ctx, deal.id, lineOf(line, offered))
  }
  await spreadOverTime(ctx)
  return deals
}

const lineOf = ({ product, ...line }: SampleDeal['lines'][number], offered: readonly { id: string }[]) => ({
  ...line,
  product_id: offered[product]?.id,
})

/** So that ages on the board and in reports look as they do in use, not all "now". */
async function spreadOverTime({ tx, actor: { organization_id } }: Ctx): Promise<void> {
  await sql`
    UPDATE deals SET created_at = now() - n * interval '19 hours', stage_entered_at = now() - n * interval '11 hours',
      closed_at = CASE WHEN closed_at IS NOT NULL THEN now() - n * interval '11 hours' END
    FROM (SELECT id, row_number() OVER (ORDER BY id DESC) AS n FROM deals WHERE organization_id = ${organization_id}::uuid) AS placed
    WHERE deals.organization_id = ${organization_id}::uuid AND deals.id = placed.id`.execute(tx)
  await sql`
    UPDATE activities SET occurred_at = deals.created_at FROM deals
    WHERE activities.organization_id = ${organization_id}::uuid AND deals.organization_id = ${organization_id}::uuid
      AND activities.object = 'deal' AND activities.record_id = deals.id AND activities.type = 'created'`.execute(
    tx,
  )
  await rememberEarlier(tx, organization_id)
}

/** What deals were before: those that are closed were open until then, and some of the others stood lower or earlier. */
async function rememberEarlier(tx: TenantTx, organization_id: string): Promise<void> {
  await sql`DELETE FROM deal_history WHERE organization_id = ${organization_id}::uuid`.execute(tx)
  await sql`
    INSERT INTO deal_history (organization_id, deal_id, until, status, pipeline_id, stage_id, owner_id, value, currency, probability,
      expected_close, stage_probability)
    SELECT d.organization_id, d.id, coalesce(d.closed_at, now() - interval '3 days'), 'open', d.pipeline_id, s.id, d.owner_id,
      CASE WHEN d.status = 'open' AND d.n % 3 = 1 THEN d.value - d.value / 5 ELSE d.value END, d.currency, d.probability,
      CASE WHEN d.status = 'open' AND d.n % 3 = 2 THEN d.expected_close - 40 ELSE d.expected_close END, s.probability
    FROM (SELECT *, row_number() OVER (ORDER BY id) AS n FROM deals WHERE organization_id = ${organization_id}::uuid) d
    JOIN LATERAL (
      SELECT * FROM stages WHERE organization_id = ${organization_id}::uuid AND pipeline_id = d.pipeline_id AND type = 'open'
      ORDER BY id = d.stage_id DESC, position DESC LIMIT 1) s ON true
    WHERE d.created_at < coalesce(d.closed_at, now() - interval '3 days') AND (d.status <> 'open' OR d.n % 3 > 0)`.execute(
    tx,
  )
}
