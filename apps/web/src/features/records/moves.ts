import { RapportProblem } from '@rapport/sdk'
import { onTopOfOthers } from './conflict.ts'

export type CardPlace = { stage_id: string; before_id?: string | undefined; after_id?: string | undefined }

type Staged = { id: string; version: number }

/** The end point that moves a record to a stage, among its neighbours where they are told. */
export type StageMover<Moved = Staged & { stage_id: string }> = (asked: {
  params: { id: string }
  body: CardPlace & { version: number }
}) => Promise<Moved>

/**
 * Moves a record. A change of other fields meanwhile is no reason to refuse, and the stage is what was meant: when
 * the neighbour has left it, the record goes on top.
 */
export async function sendMove<Moved>(
  move: StageMover<Moved>,
  record: Staged,
  place: CardPlace,
): Promise<Moved> {
  try {
    return await send(move, record, place)
  } catch (error) {
    if (!isNeighbourGone(error)) throw error
    return send(move, record, { stage_id: place.stage_id })
  }
}

const send = <Moved>(
  move: StageMover<Moved>,
  { id, version: known }: Staged,
  place: CardPlace,
): Promise<Moved> =>
  onTopOfOthers(known, ['stage_id'], (version = known) =>
    move({ params: { id }, body: { ...place, version } }),
  )

const isNeighbourGone = (error: unknown): boolean =>
  error instanceof RapportProblem &&
  error.errors.some(({ path }) => path === 'before_id' || path === 'after_id')
