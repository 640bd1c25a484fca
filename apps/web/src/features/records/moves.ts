import { RapportProblem } from '@rapport/sdk'
import { saveAmongOthers, type Values } from './conflict.ts'
import type { RecordKind } from './kinds.ts'
import { changeOf } from './recordStore.ts'
import type { ListedRecord } from './stores.ts'

export type CardPlace = { stage_id: string; before_id?: string | undefined; after_id?: string | undefined }

/** The end point that moves a record to a stage, among its neighbours where they are told. */
export type StageMover = (asked: {
  params: { id: string }
  body: CardPlace & { version: number; values?: Values }
}) => Promise<ListedRecord>

type Move = {
  kind: RecordKind
  record: ListedRecord
  place: CardPlace
  /** What the stage asked for or the lane stands for, changed with the move. */
  values: Values
  /** Of two who move it at once the first has it; otherwise the second one chooses. */
  firstWins?: boolean
}

/**
 * Moves a record. A change of other fields meanwhile is no reason to refuse, and the stage is what was meant: when
 * the neighbour has left it, the record goes on top.
 */
export async function sendMove(asked: Move): Promise<ListedRecord> {
  try {
    return await send(asked)
  } catch (error) {
    if (!isNeighbourGone(error)) throw error
    return send({ ...asked, place: { stage_id: asked.place.stage_id } })
  }
}

function send({
  kind: { object, staged, store },
  record,
  place,
  values,
  firstWins = false,
}: Move): Promise<ListedRecord> {
  if (!staged) throw new Error(`A ${object} stands in no stage.`)
  const { id } = record
  return saveAmongOthers({
    about: firstWins ? null : store.disputed(id),
    version: record.version,
    values: { stage_id: place.stage_id, ...values },
    save: ({ stage_id, ...further }, version = record.version) => {
      // Who leaves it where somebody else has put it keeps what they filled in.
      if (stage_id === undefined) return store.save(id, further, version)
      const given = Object.keys(further).length > 0 ? { values: changeOf(further) } : {}
      return staged.move({ params: { id }, body: { ...place, version, ...given } })
    },
  })
}

const isNeighbourGone = (error: unknown): boolean =>
  error instanceof RapportProblem &&
  error.errors.some(({ path }) => path === 'before_id' || path === 'after_id')
