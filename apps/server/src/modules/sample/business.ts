/** The sample organization's customers, what it sells them, and the deals that come of it: invented, the same everywhere. */
import { numbersFrom, type SampleLead } from './people.ts'

const companyCount = 40
const dealCount = 48

export const sampleProducts = [
  { name: 'Starter licence', code: 'LIC-S', price: 49, unit: 'seat', tax_rate: 19 },
  { name: 'Team licence', code: 'LIC-T', price: 99, unit: 'seat', tax_rate: 19 },
  { name: 'Enterprise licence', code: 'LIC-E', price: 189, unit: 'seat', tax_rate: 19 },
  { name: 'Onboarding workshop', code: 'SRV-ON', price: 1200, unit: 'day', tax_rate: 19 },
  { name: 'Data migration', code: 'SRV-MIG', price: 140, unit: 'h', tax_rate: 19 },
  { name: 'Premium support', code: 'SUP-P', price: 390.5, unit: 'month', tax_rate: 19 },
  { name: 'Handbook, printed', code: 'DOC-1', price: 24.9, unit: 'pcs', tax_rate: 7 },
  { name: 'On-premises edition', code: 'LIC-OP', price: 9800, tax_rate: 19, status: 'retired' },
] as const

export type SampleCustomer = {
  company: {
    name: string
    domain: string
    industry: string
    city: string
    country: string
    employees: number
    annual_revenue: number
  }
  contact: {
    full_name: string
    email: string
    phone: string
    city: string
    country: string
    position: string
  }
  owner: number
}

const positions = ['Head of Sales', 'CEO', 'Purchasing', 'IT lead', 'Operations manager', 'CFO']

/** Companies of the leads, with somebody whom one knows there. */
export function sampleCustomers(leads: readonly SampleLead[]): SampleCustomer[] {
  const next = numbersFrom(731)
  const byName = new Map(leads.map((lead) => [lead.company_name, lead]))
  return [...byName.values()].slice(0, companyCount).map((lead, index) => ({
    company: {
      name: lead.company_name,
      domain: lead.email.split('@')[1] ?? '',
      industry: lead.industry,
      city: lead.city,
      country: lead.country,
      employees: Math.round(5 + next() ** 3 * 900),
      annual_revenue: Math.round(2 + next() ** 2 * 400) * 100_000,
    },
    contact: {
      full_name: lead.full_name,
      email: lead.email,
      phone: lead.phone,
      city: lead.city,
      country: lead.country,
      position: positions[index % positions.length] ?? 'CEO',
    },
    owner: lead.owner,
  }))
}

const about = ['Rollout', 'Renewal', 'Pilot', 'Expansion', 'Migration', 'Support contract']
const reasons = ['Price', 'Chose a competitor', 'No budget this year', 'No answer']
/** Most deals are open; index of the stage in the default pipeline. */
const stageShares = [0.26, 0.48, 0.66, 0.86, 1]

export type SampleDeal = {
  name: string
  customer: number
  stage: number
  value: number
  probability: number | null
  expected_close: string
  lost_reason: string | null
  source: string
  owner: number
  /** What it is about: places in the list of products, with quantities. */
  lines: { product: number; quantity: number; discount_percent: number }[]
}

export function sampleDeals(customers: readonly SampleCustomer[], now = Date.now()): SampleDeal[] {
  const next = numbersFrom(4_104)
  const below = (limit: number) => Math.floor(next() * limit)
  return Array.from({ length: dealCount }, (_, index): SampleDeal => {
    const customer = below(customers.length)
    const share = next()
    const stage = stageShares.findIndex((limit) => share <= limit)
    const expected = new Date(now + (below(120) - 15) * 86_400_000)
    return {
      name: `${customers[customer]?.company.name ?? ''} – ${about[below(about.length)] ?? ''}`,
      customer,
      stage,
      value: Math.round((1500 + next() ** 2 * 90_000) / 50) * 50,
      probability: next() < 0.2 ? 5 * below(20) : null,
      expected_close: expected.toISOString().slice(0, 10),
      lost_reason: stage === 4 ? (reasons[below(reasons.length)] ?? null) : null,
      source: next() < 0.5 ? 'Referral' : 'Website',
      owner: customers[customer]?.owner ?? 0,
      lines:
        index % 12 === 0
          ? [
              { product: below(3), quantity: 5 + below(60), discount_percent: 10 * below(3) },
              { product: 3 + below(4), quantity: 1 + below(8), discount_percent: 0 },
            ]
          : [],
    }
  })
}
