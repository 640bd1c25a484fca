import { RapportProblem } from '@rapport/sdk'
import { saveAmongOthers } from './conflict.ts'
import type { Disputed } from './disputes.ts'

export type CardPlace = { stage_id: string; before_id?: string | undefined; after_id?: string | undefined }

type Staged = { id: string; version: number }

/** The end point that moves a record to a stage, among its neighbours where they are told. */
export type StageMover<Moved = Staged & { stage_id: string }> = (asked: {
  params: { id: string }
  body: CardPlace & { version: number }
}) => Promise<Moved>

type Move<Moved> = {
  move: StageMover<Moved>
  record: Staged
  place: CardPlace
  /** What the person is asked about when somebody else moved it meanwhile. */
  about: Disputed
}

/**
 * Moves a record. A change of other fields meanwhile is no reason to refuse, and the stage is what was meant: when
 * the neighbour has left it, the record goes on top.
 */
export async function sendMove<Moved extends Staged>(asked: Move<Moved>): Promise<Moved> {
  try {
    return await send(asked)
  } catch (error) {
    if (!isNeighbourGone(error)) throw error
    return send({ ...asked, place: { stage_id: asked.place.stage_id } })
  }
}

const send = <Moved extends Staged>({ move, record, place, about }: Move<Moved>): Promise<Moved> =>
  saveAmongOthers<Moved>({
    about,
    version: record.version,
    values: { stage_id: place.stage_id },
    save: (_, version = record.version) => move({ params: { id: record.id }, body: { ...place, version } }),
  })

const isNeighbourGone = (error: unknown): boolean =>
  error instanceof RapportProblem &&
  error.errors.some(({ path }) => path === 'before_id' || path === 'after_id')
