/** accounts.csv becomes companies: first the companies, then who belongs to whom. */
import { externalId, ofMaven, rapport, readAll, readRows } from './connect.ts'

type Account = {
  account: string
  sector: string
  year_established: string
  /** Millions of dollars. */
  revenue: string
  employees: string
  office_location: string
  subsidiary_of: string
}
type Known = Map<string, { id: string; parent_id: string | null }>

/** Answers the ids of the companies by their names in the file. */
export async function loadCompanies(): Promise<ReadonlyMap<string, string>> {
  const accounts = await readRows<Account>('accounts.csv')
  const listed = await readAll((cursor) =>
    rapport.companies.list({ query: { filter: ofMaven, limit: 200, cursor, sort: 'id' } }),
  )
  const known: Known = new Map(listed.map(({ external_id, ...company }) => [external_id ?? '', company]))
  const created = await createMissing(accounts, known)
  const linked = await linkParents(accounts, known)
  console.log(`${accounts.length} accounts: ${created} companies created, ${linked} put below their parents`)
  return new Map(
    accounts.flatMap(({ account }) => {
      const company = known.get(externalId(account))
      return company ? [[account, company.id] as const] : []
    }),
  )
}

async function createMissing(accounts: readonly Account[], known: Known): Promise<number> {
  const missing = accounts.filter(({ account }) => !known.has(externalId(account)))
  for (const account of missing) {
    const { id, parent_id } = await rapport.companies.create({
      idempotencyKey: externalId(account.account),
      body: {
        name: account.account,
        external_id: externalId(account.account),
        industry: account.sector,
        country: account.office_location,
        employees: Number(account.employees),
        annual_revenue: Math.round(Number(account.revenue) * 1_000_000),
        currency: 'USD',
        source: 'Maven',
        custom: { year_established: Number(account.year_established) },
      },
    })
    known.set(externalId(account.account), { id, parent_id })
  }
  return missing.length
}

async function linkParents(accounts: readonly Account[], known: Known): Promise<number> {
  let count = 0
  for (const { account, subsidiary_of } of accounts) {
    const company = known.get(externalId(account))
    const parent = known.get(externalId(subsidiary_of))
    if (!company || !parent || company.parent_id === parent.id) continue
    await rapport.companies.update({ params: { id: company.id }, body: { parent_id: parent.id } })
    count += 1
  }
  return count
}
