import { conflict, forbidden, invalidField, notFound, type Problem } from '../../platform/problems.ts'

export const leadNotFound = (id: string) => notFound('lead', id)

export const leadInTrash = () =>
  conflict('lead_in_trash', 'The lead is in the trash. Restore it before you change it.')

export const leadNotYours = () =>
  forbidden('not_yours', 'Your role lets you do this only to leads that you own.')

export const staleLead = (current: unknown, conflicts: string[]) =>
  conflict('version_conflict', 'The lead was changed since the version that you read.', {
    current,
    conflicts,
  })

export const ownerNotMember = () =>
  invalidField('owner_id', 'not_a_member', 'must be an active member of this organization')

export const unknownStage = () =>
  invalidField('stage_id', 'unknown_stage', 'must be a stage of a lead pipeline')
export const stageOfOther = () =>
  invalidField('stage_id', 'other_pipeline', 'must be a stage of the pipeline that is given')
export const unknownPipeline = () =>
  invalidField('pipeline_id', 'unknown_pipeline', 'must be a lead pipeline')

export const tooManyDecimals = () =>
  invalidField('estimated_value', 'too_precise', 'has more decimals than the currency')
export const tooManyCustom = () => invalidField('custom', 'too_many', 'must not have more than 200 values')

export const unknownNeighbour = (path: 'before_id' | 'after_id') =>
  invalidField(path, 'unknown_lead', 'must be another lead in that stage')

/** A reference that was right when it was looked at and is gone now: a stage deleted at the same moment. */
export function asProblem(error: unknown): Problem | undefined {
  const { code, constraint } = error as { code?: string; constraint?: string }
  return code === '23503' && constraint?.includes('stage_id') ? unknownStage() : undefined
}
