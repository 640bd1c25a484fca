import type { Lead } from '@rapport/contracts'
import { RapportProblem } from '@rapport/sdk'
import { rapport } from '../../app/rapport.ts'
import { onTopOfOthers } from '../records/conflict.ts'
import type { CardPlace } from './api.ts'

/** The column is what was meant: when the neighbour has left it meanwhile, the card goes on top. */
export async function sendMove(lead: Lead, place: CardPlace): Promise<Lead> {
  try {
    return await send(lead, place)
  } catch (error) {
    if (!isNeighbourGone(error)) throw error
    return send(lead, { stage_id: place.stage_id })
  }
}

const send = (lead: Lead, place: CardPlace): Promise<Lead> =>
  onTopOfOthers(lead.version, ['stage_id'], (version) =>
    rapport.leads.moveStage({
      params: { id: lead.id },
      body: { ...place, version: version ?? lead.version },
    }),
  )

const isNeighbourGone = (error: unknown): boolean =>
  error instanceof RapportProblem &&
  error.errors.some(({ path }) => path === 'before_id' || path === 'after_id')
