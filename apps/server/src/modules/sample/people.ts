/** The sample organization's leads: invented, the same on every machine, spread as a real desk's are. */
import type { LeadStatus } from '@rapport/contracts'

export type SampleLead = {
  full_name: string
  company_name: string
  email: string
  phone: string
  city: string
  country: string
  industry: string
  source: string
  website: string
  estimated_value: number
  score: number
  stage: number
  status: LeadStatus
  owner: number
  note: string | null
}

const givenNames =
  'Ana Bruno Camila Diego Elisa Felipe Gabriela Hugo Isabel João Karina Lucas Marina Nelson Olivia Paulo Renata Samuel Teresa Vitor Alice Ben Clara David Emma Frank Grace Henry Ivy Jack Kate Liam Mia Noah Paula Quentin Rose Simon Tara Will'.split(
    ' ',
  )
const familyNames =
  'Almeida Barbosa Cardoso Duarte Esteves Ferreira Gomes Henriques Lima Machado Nogueira Oliveira Pereira Ribeiro Santana Teixeira Vieira Anderson Bennett Carter Dawson Ellis Foster Grant Hughes Jensen Keller Lawson Morgan Novak Parker Reyes Sutton Turner Walsh'.split(
    ' ',
  )
const companyWords =
  'Aurora Basalt Cedro Delta Ember Farol Granite Horizon Ipê Juniper Kestrel Lumen Maré Nimbus Orion Prisma Quartz Ravel Sable Trevo Umbra Vela Willow Zenith'.split(
    ' ',
  )
const companyKinds = [
  'Labs',
  'Logistics',
  'Foods',
  'Health',
  'Studio',
  'Energy',
  'Retail',
  'Partners',
  'Systems',
  'Textil',
]
const industries = ['Software', 'Logistics', 'Food', 'Healthcare', 'Design', 'Energy', 'Retail', 'Consulting']
const sources = ['Website', 'Referral', 'Google', 'LinkedIn', 'Event', 'Partner', 'Cold call']
const places = [
  { city: 'São Paulo', country: 'Brazil', code: '+5511' },
  { city: 'Porto Alegre', country: 'Brazil', code: '+5551' },
  { city: 'Lisbon', country: 'Portugal', code: '+35121' },
  { city: 'London', country: 'United Kingdom', code: '+4420' },
  { city: 'Berlin', country: 'Germany', code: '+4930' },
  { city: 'Austin', country: 'United States', code: '+1512' },
] as const
const notes = [
  'Asked for a demo next week; two teams would use it.',
  'Budget is decided in the first quarter. Keep in touch.',
  'Met at the trade fair, wants to see the import with real data.',
  'Uses spreadsheets today and is losing leads between two offices.',
  'Price is fine; the contract has to go through their legal team.',
]

/** Mulberry32: a small generator that gives the same row of numbers for the same seed. */
export function numbersFrom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

const plain = (text: string) =>
  text
    .normalize('NFD')
    .replace(/[^A-Za-z]/g, '')
    .toLowerCase()
/** Most leads are early; a few have gone all the way. Index of the stage in the default pipeline. */
const stageShares = [0.34, 0.58, 0.74, 0.86, 0.94, 1]
const statusOfStage: LeadStatus[] = ['new', 'working', 'working', 'nurturing', 'qualified', 'lost']

export function sampleLeads(count: number): SampleLead[] {
  const next = numbersFrom(20_261)
  const pick = <T>(list: readonly T[]): T => list[Math.floor(next() * list.length)] as T
  return Array.from({ length: count }, (): SampleLead => {
    const given = pick(givenNames)
    const family = pick(familyNames)
    const word = pick(companyWords)
    const company_name = `${word} ${pick(companyKinds)}`
    const domain = `${plain(company_name)}.example`
    const place = pick(places)
    const share = next()
    const stage = stageShares.findIndex((limit) => share <= limit)
    return {
      full_name: `${given} ${family}`,
      company_name,
      email: `${plain(given)}.${plain(family)}@${domain}`,
      phone: `${place.code}${place.country === 'Brazil' ? '9' : ''}${String(Math.floor(10_000_000 + next() * 89_999_999)).slice(0, place.country === 'Portugal' || place.country === 'United States' ? 7 : 8)}`,
      city: place.city,
      country: place.country,
      industry: pick(industries),
      source: pick(sources),
      website: `https://${domain}`,
      estimated_value: Math.round((800 + next() ** 3 * 60_000) / 50) * 50,
      score: Math.round(next() * 100),
      stage,
      status: statusOfStage[stage] ?? 'new',
      owner: Math.floor(next() * 4),
      note: next() < 0.3 ? pick(notes) : null,
    }
  })
}
