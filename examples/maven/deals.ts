/** sales_pipeline.csv becomes deals in a pipeline of the same stages, with the product as a line item. */
import { externalId, forAll, ofMaven, rapport, readAll } from './connect.ts'
import { dayOf, readOpportunities, type Opportunity } from './opportunities.ts'
import { nameOf } from './products.ts'

type Ids = ReadonlyMap<string, string>
type Loaded = { companies: Ids; people: Ids; products: ReadonlyMap<string, { id: string; price: number }> }

const pipelineName = 'Maven'

export async function loadDeals(loaded: Loaded): Promise<void> {
  const opportunities = await readOpportunities()
  const stages = await stagesByName()
  const listed = await readAll((cursor) =>
    rapport.deals.list({ query: { filter: ofMaven, limit: 200, cursor, sort: 'id', fields: 'external_id' } }),
  )
  const known = new Set(listed.map(({ external_id }) => external_id))
  const missing = opportunities.filter(({ opportunity_id }) => !known.has(externalId(opportunity_id)))
  await forAll(missing, (opportunity) => loadDeal(opportunity, loaded, stages))
  console.log(`${opportunities.length} opportunities: ${missing.length} deals created`)
}

async function stagesByName(): Promise<Ids> {
  const { items } = await rapport.pipelines.list({ query: { object: 'deal' } })
  const pipeline =
    items.find(({ name }) => name === pipelineName) ??
    (await rapport.pipelines.create({
      body: {
        name: pipelineName,
        object: 'deal',
        stages: [
          { name: 'Prospecting', color: 'slate', probability: 10 },
          { name: 'Engaging', color: 'blue', probability: 40 },
          { name: 'Won', color: 'green', type: 'won', probability: 100 },
          { name: 'Lost', color: 'red', type: 'lost', probability: 0 },
        ],
      },
    }))
  return new Map(pipeline.stages.map(({ name, id }) => [name, id]))
}

async function loadDeal(
  opportunity: Opportunity,
  { companies, people, products }: Loaded,
  stages: Ids,
): Promise<void> {
  const { opportunity_id, deal_stage, sales_agent, account } = opportunity
  const closed = dayOf(opportunity.close_date)
  const sold = nameOf(opportunity.product)
  const product = products.get(sold)
  const lost = deal_stage === 'Lost'
  const { id } = await rapport.deals.create({
    idempotencyKey: externalId(opportunity_id),
    body: {
      name: account === '' ? sold : `${sold} for ${account}`,
      external_id: externalId(opportunity_id),
      company_id: companies.get(account) ?? null,
      owner_id: people.get(sales_agent) ?? null,
      stage_id: stages.get(deal_stage),
      currency: 'USD',
      source: 'Maven',
      ...(lost ? { value: 0 } : {}),
      ...(closed === null ? {} : { closed_at: `${closed}T12:00:00Z`, expected_close: closed }),
      custom: { engage_date: dayOf(opportunity.engage_date) },
    },
  })
  // What was lost is worth nothing, so it has no line; what is open is worth its list price.
  if (lost) return
  const unit_price = opportunity.close_value === '' ? (product?.price ?? 0) : Number(opportunity.close_value)
  await rapport.lineItems.create({
    params: { id },
    idempotencyKey: `${externalId(opportunity_id)} line`,
    body: { product_id: product?.id ?? null, name: sold, quantity: 1, unit_price },
  })
}
