/** What records that go through the stages of a pipeline can do beyond any record. */
import { z } from 'zod'
import { operation } from './operation.ts'
import { Id, IdParams, Version } from './shared.ts'

/** Values that come with a move, as in a change of the record: the stage may ask for them. */
type Values = { [field: string]: unknown }

const moveShape = {
  stage_id: Id,
  version: Version,
  position: z
    .int()
    .min(0)
    .max(100_000)
    .optional()
    .describe('0-based place in the column; the top unless told'),
  before_id: Id.optional().describe('Place it directly before this card'),
  after_id: Id.optional().describe('Place it directly after this card'),
}

type Placed = { position?: number | undefined; before_id?: string | undefined; after_id?: string | undefined }
const isPlacedOnce = (move: Placed) =>
  [move.position, move.before_id, move.after_id].filter((place) => place !== undefined).length <= 1

/** A move of some record. */
export type StageMove = Placed & { stage_id: string; version: number; values?: Values | undefined }

type Parts<Record extends z.ZodType, Given extends z.ZodType<Values>> = {
  /** The last part of /crm/<path>. */
  path: string
  one: string
  Record: Record
  /** The fields that can be changed, without the version. */
  Values: Given
}

export const moveStageOperation = <const Record extends z.ZodType, const Given extends z.ZodType<Values>>({
  path,
  one,
  Record,
  Values,
}: Parts<Record, Given>) =>
  operation({
    method: 'PATCH',
    path: `/crm/${path}/{id}/stage`,
    summary: `Move a ${one} to a stage, with values that the stage asks for, or to another place or lane in its column`,
    params: IdParams,
    body: z
      .strictObject({
        ...moveShape,
        values: Values.optional().describe(
          'Changed with the move: fields that the stage asks for, or that of the lane it goes to',
        ),
      })
      .refine(isPlacedOnce, {
        path: ['position'],
        message: 'give only one of position, before_id and after_id',
      }),
    reply: Record,
  })

export type MoveStageOperation = ReturnType<typeof moveStageOperation<z.ZodType, z.ZodType<Values>>>
