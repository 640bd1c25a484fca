/** What is seeded: how many organizations, of which size, with which members, pipeline and stages. */
import { createRandom, shuffle, uuidAt, type Random } from './random.ts'

export type Size = { name: 'full' | 'small'; organizations: number; leads: number; largest: number }
export const fullSize: Size = { name: 'full', organizations: 100, leads: 1_200_000, largest: 1_000_000 }
export const smallSize: Size = { name: 'small', organizations: 10, leads: 20_000, largest: 10_000 }

export type SeedMember = { id: string; email: string; full_name: string; role: 'owner' | 'admin' | 'sales' }
export type SeedStage = { id: string; name: string; color: string; type: string; probability: number }
export type SeedOrganization = {
  id: string
  name: string
  currency: string
  country: string
  members: SeedMember[]
  pipeline_id: string
  stages: SeedStage[]
}

/** Everyone in the seed logs in with it. */
export const password = 'a password for the bench'
export const firstMoment_ms = Date.UTC(2024, 10, 1)
export const lastMoment_ms = Date.UTC(2026, 9, 31)

const countries = [
  { country: 'BR', currency: 'BRL' },
  { country: 'US', currency: 'USD' },
  { country: 'DE', currency: 'EUR' },
]

const stages = [
  { name: 'New', color: 'slate', type: 'open', probability: 5 },
  { name: 'Contacted', color: 'blue', type: 'open', probability: 20 },
  { name: 'Qualified', color: 'violet', type: 'open', probability: 40 },
  { name: 'Proposal', color: 'amber', type: 'open', probability: 60 },
  { name: 'Won', color: 'green', type: 'won', probability: 100 },
  { name: 'Lost', color: 'red', type: 'lost', probability: 0 },
]

/** The first organization is the largest one. */
export function planOrganizations({ organizations }: Size): SeedOrganization[] {
  const random = createRandom(1)
  return Array.from({ length: organizations }, (_, place) => planOrganization(place, random))
}

function planOrganization(place: number, random: Random): SeedOrganization {
  let order = 0
  const id = () => uuidAt(firstMoment_ms - 86_400_000 + place * 1000, order++, random)
  const members = Array.from({ length: place === 0 ? 12 : 5 }, (_, member): SeedMember => {
    const role = member === 0 ? 'owner' : member === 1 ? 'admin' : 'sales'
    return { id: id(), email: `member${member}@bench${place}.test`, full_name: `Member ${member}`, role }
  })
  return {
    id: id(),
    name: `Bench ${place}`,
    ...random.pick(countries),
    members,
    pipeline_id: id(),
    stages: stages.map((stage) => ({ id: id(), ...stage })),
  }
}

/** For each lead, in the order of time, the place of its organization; sizes fall off as 1 / rank. */
export function spreadLeads({ organizations, leads, largest }: Size): Uint8Array {
  const owners = new Uint8Array(leads)
  const others = organizations - 1
  const harmonic = Array.from({ length: others }, (_, rank) => 1 / (rank + 5))
  const sum = harmonic.reduce((total, weight) => total + weight, 0)
  let filled = largest
  for (const [rank, weight] of harmonic.entries()) {
    const end = rank === others - 1 ? leads : filled + Math.floor(((leads - largest) * weight) / sum)
    owners.fill(rank + 1, filled, end)
    filled = end
  }
  shuffle(owners, createRandom(2))
  return owners
}
