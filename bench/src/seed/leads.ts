/** One million leads, one after the other in the order of time, as rows of COPY. */
import { newRank } from '../../../apps/server/src/modules/staged/index.ts'
import { makePerson, type Person } from './names.ts'
import { firstMoment_ms, lastMoment_ms, spreadLeads, type SeedOrganization, type Size } from './plan.ts'
import { createRandom, createZipf, uuidAt, type Random } from './random.ts'

export const leadColumns = [
  'organization_id',
  'id',
  'full_name',
  'company_name',
  'email',
  'phone',
  'country',
  'city',
  'source',
  'status',
  'pipeline_id',
  'stage_id',
  'stage_entered_at',
  'rank',
  'score',
  'probability',
  'estimated_value',
  'currency',
  'owner_id',
  'created_by',
  'created_at',
  'updated_at',
  'custom',
] as const

export type SeedLead = Person & {
  organization: SeedOrganization
  id: string
  phone: string
  city: string
  source: string
  status: string
  stage_id: string
  rank: string
  score: number
  probability: number
  estimated_value: number | null
  owner_id: string | null
  created_by: string
  created_at: string
  updated_at: string
  custom: { budget?: number; tier?: string; renewal?: string }
}

const sources = [
  'website',
  'referral',
  'facebook_ads',
  'google_ads',
  'event',
  'cold_call',
  'partner',
  'import',
]
const pickSource = createZipf(sources, 2)
/** Status and place in the pipeline of the same lead: most are new, few are won. */
const states = [
  { weight: 45, status: 'new', stage: 0 },
  { weight: 22, status: 'working', stage: 1 },
  { weight: 12, status: 'nurturing', stage: 2 },
  { weight: 8, status: 'qualified', stage: 3 },
  { weight: 4, status: 'converted', stage: 4 },
  { weight: 9, status: 'lost', stage: 5 },
].flatMap(({ weight, ...state }) => Array.from({ length: weight }, () => state))

export const tiers = ['Basic', 'Bronze', 'Silver', 'Gold', 'Platinum']
const pickTier = createZipf(tiers, 2)

const cities: Record<string, string[]> = {
  BR: ['São Paulo', 'Rio de Janeiro', 'Belo Horizonte', 'Curitiba', 'Recife', 'Porto Alegre', 'Salvador'],
  US: ['New York', 'Austin', 'Chicago', 'Seattle', 'Denver', 'Boston', 'Miami'],
  DE: ['Berlin', 'Hamburg', 'München', 'Köln', 'Leipzig', 'Stuttgart', 'Bremen'],
}
const phones: Record<string, (random: Random) => string> = {
  BR: (random) => `+55119${10_000_000 + random.below(89_999_999)}`,
  US: (random) => `+1212${2_000_000 + random.below(7_999_999)}`,
  DE: (random) => `+49151${10_000_000 + random.below(89_999_999)}`,
}

export function* makeLeads(size: Size, organizations: SeedOrganization[]): Generator<SeedLead> {
  const random = createRandom(3)
  const step_ms = (lastMoment_ms - firstMoment_ms) / size.leads
  for (const [place, owner] of spreadLeads(size).entries()) {
    const organization = organizations[owner] as SeedOrganization
    const created_ms = Math.floor(firstMoment_ms + place * step_ms + random.next() * step_ms)
    yield makeLead(random, organization, created_ms, place)
  }
}

function makeLead(
  random: Random,
  organization: SeedOrganization,
  created_ms: number,
  place: number,
): SeedLead {
  const state = random.pick(states)
  const stage = organization.stages[state.stage] as SeedOrganization['stages'][number]
  const updated_ms = state.stage === 0 ? created_ms : created_ms + random.below(20 * 86_400_000)
  return {
    organization,
    id: uuidAt(created_ms, place, random),
    ...makePerson(random),
    phone: (phones[organization.country] as (typeof phones)[string])(random),
    city: random.pick(cities[organization.country] as string[]),
    source: pickSource(random),
    status: state.status,
    stage_id: stage.id,
    rank: newRank(BigInt(created_ms) * 1000n + BigInt(place % 1000)),
    score: random.below(101),
    probability: stage.probability,
    // Ten-thousandths, in steps of ten units of the currency.
    estimated_value: random.chance(0.2) ? null : (1 + random.below(5000)) * 100_000,
    owner_id: random.chance(0.05) ? null : random.pick(organization.members).id,
    created_by: random.pick(organization.members).id,
    created_at: new Date(created_ms).toISOString(),
    updated_at: new Date(updated_ms).toISOString(),
    custom: makeCustom(random),
  }
}

/** Values of the fields that every organization of the bench made; a fifth of each is left empty. */
function makeCustom(random: Random): SeedLead['custom'] {
  return {
    // Small budgets are frequent, large ones rare.
    ...(random.chance(0.2) ? {} : { budget: Math.floor(random.next() ** 2 * 1_000_000) / 100 }),
    ...(random.chance(0.2) ? {} : { tier: pickTier(random) }),
    ...(random.chance(0.2)
      ? {}
      : { renewal: new Date(lastMoment_ms + random.below(900) * 86_400_000).toISOString().slice(0, 10) }),
  }
}

/** None of the values has a tab, a line break or a backslash. */
export function copyLineOf(lead: SeedLead): string {
  const { organization } = lead
  return `${organization.id}\t${lead.id}\t${lead.full_name}\t${lead.company_name}\t${lead.email}\t${lead.phone}\t${
    organization.country
  }\t${lead.city}\t${lead.source}\t${lead.status}\t${organization.pipeline_id}\t${lead.stage_id}\t${
    lead.updated_at
  }\t${lead.rank}\t${lead.score}\t${lead.probability}\t${lead.estimated_value ?? '\\N'}\t${
    organization.currency
  }\t${lead.owner_id ?? '\\N'}\t${lead.created_by}\t${lead.created_at}\t${lead.updated_at}\t${JSON.stringify(lead.custom)}\n`
}
