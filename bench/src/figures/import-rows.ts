/** The file that is brought in: people of the seed, with twenty columns. */
import { makePerson } from '../seed/names.ts'
import { createRandom } from '../seed/random.ts'

/** With a column each; the others go into the document of custom values. */
export const fields = [
  'full_name',
  'company_name',
  'email',
  'phone',
  'mobile',
  'website',
  'industry',
  'country',
  'state',
  'city',
  'source',
  'external_id',
  'score',
  'estimated_value',
] as const
export const custom = ['campaign', 'segment', 'visits', 'newsletter', 'first_seen', 'remark'] as const
export type Row = Record<(typeof fields)[number] | (typeof custom)[number], string>

export function makeRows(count: number): Row[] {
  const random = createRandom(21)
  return Array.from({ length: count }, (_, place) => {
    const { full_name, company_name, email } = makePerson(random)
    return {
      full_name,
      company_name,
      email: `${place}.${email}`,
      phone: `+55119${10_000_000 + random.below(89_999_999)}`,
      mobile: `+55119${10_000_000 + random.below(89_999_999)}`,
      website: `https://site${random.below(50_000)}.example`,
      industry: ['Retail', 'Health', 'Software', 'Education'][random.below(4)] ?? '',
      country: 'Brazil',
      state: ['SP', 'RJ', 'MG', 'BA'][random.below(4)] ?? '',
      city: 'São Paulo',
      source: 'trade fair',
      external_id: `bench-${place}`,
      score: String(random.below(101)),
      campaign: `campaign ${random.below(40)}`,
      segment: ['small', 'medium', 'large'][random.below(3)] ?? '',
      visits: String(random.below(30)),
      newsletter: random.below(2) === 0 ? 'yes' : 'no',
      first_seen: '2026-01-15',
      remark: 'called back after the fair',
      estimated_value: String(100 + random.below(9000)),
    }
  })
}
