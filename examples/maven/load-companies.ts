/** Loads accounts.csv of the Maven data set into companies: first the companies, then who belongs to whom. */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createRapport } from '@rapport/sdk'
import { parse } from 'csv-parse/sync'

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

const { RAPPORT_URL: baseUrl = 'http://localhost:3000', RAPPORT_API_KEY: key } = process.env
const [folder] = process.argv.slice(2)
if (!key || !folder)
  throw new Error('Usage: RAPPORT_API_KEY=… node examples/maven/load-companies.ts <folder>')

const rapport = createRapport({ baseUrl, token: () => key })
const text = await readFile(join(folder, 'accounts.csv'), 'utf8')
const accounts = parse(text, { columns: true, trim: true }) as unknown as Account[]

const externalId = (name: string) => `maven:${name}`
const known = await knownCompanies()
const created = await createMissing()
const linked = await linkParents()
console.log(`${accounts.length} accounts: ${created} companies created, ${linked} put below their parents`)

type Known = { id: string; parent_id: string | null }

/** By external id, a page at a time. */
async function knownCompanies(): Promise<Map<string, Known>> {
  const filter = JSON.stringify({ field: 'external_id', op: 'starts_with', value: externalId('') })
  const found = new Map<string, Known>()
  for (let cursor: string | undefined; ;) {
    const page = await rapport.companies.list({ query: { filter, limit: 200, cursor, sort: 'id' } })
    for (const { external_id, id, parent_id } of page.items) found.set(external_id ?? '', { id, parent_id })
    if (page.next_cursor === null) return found
    cursor = page.next_cursor
  }
}

async function createMissing(): Promise<number> {
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

async function linkParents(): Promise<number> {
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
