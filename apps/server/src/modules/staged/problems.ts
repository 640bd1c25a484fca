import { titles } from '../../platform/problem-catalogue.ts'
import { invalidField, Problem } from '../../platform/problems.ts'

export const unknownStage = (object: string) =>
  invalidField('stage_id', 'unknown_stage', `must be a stage of a ${object} pipeline`)
export const stageOfOther = () =>
  invalidField('stage_id', 'other_pipeline', 'must be a stage of the pipeline that is given')
export const unknownPipeline = (object: string) =>
  invalidField('pipeline_id', 'unknown_pipeline', `must be a ${object} pipeline`)

export const unknownNeighbour = (path: 'before_id' | 'after_id', object: string) =>
  invalidField(path, 'unknown_neighbour', `must be another ${object} in that stage`)

/** A reference that was right when it was looked at and is gone now: a stage deleted at the same moment. */
export const asStageProblem =
  (object: string) =>
  (error: unknown): never => {
    const { code, constraint } = error as { code?: string; constraint?: string }
    throw code === '23503' && constraint?.includes('stage_id') ? unknownStage(object) : error
  }

/** Names every field that the stage asks for and that is empty. */
export const stageAsksFor = (stage: string, fields: readonly string[]) =>
  new Problem(
    422,
    'required_fields',
    titles[422],
    `To enter the stage "${stage}", a record needs a value in: ${fields.join(', ')}.`,
    {
      errors: fields.map((path) => ({
        path,
        code: 'required_field',
        message: `must have a value before the stage "${stage}" is entered`,
      })),
    },
  )
