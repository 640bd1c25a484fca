import { invalidField } from '../../platform/problems.ts'

export const unknownStage = () =>
  invalidField('stage_id', 'unknown_stage', 'must be a stage of a lead pipeline')
export const stageOfOther = () =>
  invalidField('stage_id', 'other_pipeline', 'must be a stage of the pipeline that is given')
export const unknownPipeline = () =>
  invalidField('pipeline_id', 'unknown_pipeline', 'must be a lead pipeline')

export const unknownNeighbour = (path: 'before_id' | 'after_id') =>
  invalidField(path, 'unknown_lead', 'must be another lead in that stage')

/** A reference that was right when it was looked at and is gone now: a stage deleted at the same moment. */
export function asStageProblem(error: unknown): never {
  const { code, constraint } = error as { code?: string; constraint?: string }
  throw code === '23503' && constraint?.includes('stage_id') ? unknownStage() : error
}
