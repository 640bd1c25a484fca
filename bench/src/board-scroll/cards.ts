/** Leads for a board, as people make them: with a company, a value, an owner and a score. */
import type { Pipeline } from '@rapport/contracts'
import type { Rapport } from '@rapport/sdk'

const atOnce = 16
const companies = ['Duarte Logística', 'Northwind Textiles', 'Lindqvist Möbler AB', 'Harbour Lights', null]

type Wanted = { cards: number; longest: number }

/** The first stage gets the longest column, the others share what is left. */
export async function addCards(rapport: Rapport, { stages }: Pipeline, wanted: Wanted): Promise<void> {
  const [first, ...others] = stages
  let next = 0
  const work = async () => {
    while (next < wanted.cards) {
      const place = next++
      const stage = place < wanted.longest ? first : others[place % others.length]
      await rapport.leads.create({
        body: {
          full_name: `Lead of the board number ${place}`,
          company_name: companies[place % companies.length],
          estimated_value: place % 3 === 0 ? null : 1_000 + ((place * 7919) % 90_000),
          score: place % 101,
          stage_id: stage?.id,
        },
      })
    }
  }
  await Promise.all(Array.from({ length: atOnce }, work))
}
