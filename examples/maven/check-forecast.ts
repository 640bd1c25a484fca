/**
 * Compares the forecast with a plain recount of the file, to the cent: what was won in each month, by each agent, each
 * team and of each product, and what is open.
 */
import { rapport, readRows } from './connect.ts'
import { dayOf, readOpportunities, type Opportunity } from './opportunities.ts'
import { nameOf } from './products.ts'

type Agent = { sales_agent: string; manager: string; regional_office: string }
type Product = { product: string; sales_price: string }
/** Cents by name. */
type Sums = Map<string, number>

const cents = (dollars: number | string) => Math.round(Number(dollars) * 100)
const opportunities = await readOpportunities()
const agents = await readRows<Agent>('sales_teams.csv')
const products = await readRows<Product>('products.csv')
const teamOf = new Map(
  agents.map(({ sales_agent, manager, regional_office }) => [sales_agent, `${regional_office}: ${manager}`]),
)
const priceOf = new Map(products.map(({ product, sales_price }) => [product, cents(sales_price)]))

const won = opportunities.filter(({ deal_stage }) => deal_stage === 'Won')
const open = opportunities.filter(({ deal_stage }) => deal_stage !== 'Won' && deal_stage !== 'Lost')
const monthOf = ({ close_date }: Opportunity) => dayOf(close_date)?.slice(0, 7) ?? ''

/** @param name what of an opportunity its sum goes by. */
function recount(name: (one: Opportunity) => string): Sums {
  const sums: Sums = new Map()
  for (const one of won) sums.set(name(one), (sums.get(name(one)) ?? 0) + cents(one.close_value))
  return sums
}

let wrong = 0
const dollars = (sum: number) => (sum / 100).toLocaleString('en', { style: 'currency', currency: 'USD' })

function compare(what: string, expected: Sums, told: Sums): void {
  const names = [...new Set([...expected.keys(), ...told.keys()])]
  const differing = names.filter((name) => (expected.get(name) ?? 0) !== (told.get(name) ?? 0))
  for (const name of differing)
    console.log(
      `  ${name}: ${dollars(expected.get(name) ?? 0)} in the file, ${dollars(told.get(name) ?? 0)} told`,
    )
  wrong += differing.length
  const all = [...expected.values()].reduce((sum, one) => sum + one, 0)
  console.log(`${what}: ${names.length} compared, ${dollars(all)} in all, ${differing.length} differ`)
}

const months = won.map(monthOf).toSorted()
const span = { from: months[0] ?? '', to: months.at(-1) ?? '' }
const { items: pipelines } = await rapport.pipelines.list({ query: { object: 'deal' } })
const pipeline_id = pipelines.find(({ name }) => name === 'Maven')?.id
if (!pipeline_id) throw new Error('There is no pipeline "Maven": run load.ts first.')
const ask = (group_by: 'owner' | 'team') =>
  rapport.forecast.get({ query: { ...span, pipeline_id, group_by } })
const [byOwner, byTeam] = [await ask('owner'), await ask('team')]

const row = byOwner.totals.find(({ currency }) => currency === 'USD')
const byMonth = byOwner.months.map(
  (month, place) => [month, cents(row?.months[place]?.won.value ?? 0)] as const,
)
compare('Won by month', recount(monthOf), new Map(byMonth))

const sumsOf = (groups: typeof byOwner.groups): Sums =>
  new Map(groups.map(({ name, total }) => [name ?? '', cents(total.won.value)]))
compare(
  'Won by agent',
  recount(({ sales_agent }) => sales_agent),
  sumsOf(byOwner.groups),
)
compare(
  'Won by team',
  recount(({ sales_agent }) => teamOf.get(sales_agent) ?? ''),
  sumsOf(byTeam.groups),
)

const byProduct: Sums = new Map()
for (const { product } of products) {
  const and = [
    { field: 'status', op: 'eq', value: 'won' },
    { field: 'pipeline_id', op: 'eq', value: pipeline_id },
    { field: 'name', op: 'starts_with', value: product },
  ]
  const { sums } = await rapport.deals.totals({ query: { fields: 'value', filter: JSON.stringify({ and }) } })
  byProduct.set(product, cents(sums[0]?.value ?? 0))
}
compare(
  'Won by product',
  recount(({ product }) => nameOf(product)),
  byProduct,
)

const counted = row?.total.won.count ?? 0
console.log(`${counted} of ${won.length} won opportunities are in the forecast`)
wrong += counted === won.length ? 0 : 1

// The file says of no open opportunity when it may close, so all of them are told as without a month.
const listed = open.reduce((sum, { product }) => sum + (priceOf.get(nameOf(product)) ?? 0), 0)
const undated = byOwner.undated.find(({ currency }) => currency === 'USD')
compare('Open, at list prices', new Map([['open', listed]]), new Map([['open', cents(undated?.value ?? 0)]]))
console.log(`${undated?.count ?? 0} of ${open.length} open opportunities are told`)
wrong += undated?.count === open.length ? 0 : 1
process.exitCode = wrong > 0 ? 1 : 0
