/** Compares what Rapport says that each agent has won with the sums of the file, to the cent. */
import { rapport } from './connect.ts'
import { readOpportunities } from './opportunities.ts'

/** Cents by agent. */
const expected = new Map<string, number>()
for (const { deal_stage, sales_agent, close_value } of await readOpportunities())
  if (deal_stage === 'Won')
    expected.set(sales_agent, (expected.get(sales_agent) ?? 0) + Math.round(Number(close_value) * 100))

const won = JSON.stringify({
  and: [
    { field: 'status', op: 'eq', value: 'won' },
    { field: 'source', op: 'eq', value: 'Maven' },
  ],
})
const { items } = await rapport.deals.groups({ query: { group_by: 'owner_id', filter: won } })
const told = new Map(
  items.map(({ name, sums }) => [
    name ?? '',
    Math.round((sums.find(({ currency }) => currency === 'USD')?.value ?? 0) * 100),
  ]),
)

const dollars = (cents: number) => (cents / 100).toLocaleString('en', { style: 'currency', currency: 'USD' })
let wrong = 0
for (const [agent, cents] of [...expected].toSorted(([, a], [, b]) => b - a)) {
  const same = told.get(agent) === cents
  wrong += same ? 0 : 1
  console.log(
    `${agent.padEnd(22)}${dollars(cents).padStart(14)}${dollars(told.get(agent) ?? 0).padStart(14)}${same ? '' : '  differs'}`,
  )
}
const unknown = [...told.keys()].filter((agent) => !expected.has(agent))
const total = [...expected.values()].reduce((sum, cents) => sum + cents, 0)
console.log(
  `${expected.size} agents won ${dollars(total)}; ${wrong} differ, ${unknown.length} are not in the file`,
)
process.exitCode = wrong + unknown.length > 0 ? 1 : 0
