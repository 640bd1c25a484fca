import { conflict, invalid, invalidField, notFound } from '../../platform/problems.ts'

export const pipelineNotFound = (id: string) => notFound('pipeline', id)
export const stageNotFound = (id: string) => notFound('stage', id)

export const stalePipeline = (current: unknown) =>
  conflict('version_conflict', 'The pipeline was changed by somebody else since you read it.', { current })
export const staleStage = (current: unknown) =>
  conflict('version_conflict', 'The stage was changed by somebody else since you read it.', { current })

export const lastPipeline = () =>
  conflict('last_pipeline', 'This is the only pipeline of its records, so it cannot be deleted.')
export const lastStage = () => conflict('last_stage', 'A pipeline needs at least one stage.')

export const stageHasRecords = (count: number) =>
  conflict(
    'stage_has_records',
    `The stage holds ${count} records, counting those in the trash. Say with move_to which stage takes them.`,
  )
export const pipelineHasRecords = (count: number) =>
  conflict(
    'pipeline_has_records',
    `The pipeline holds ${count} records, counting those in the trash. Say with move_to which stage takes them.`,
  )
export const tooManyToMove = (count: number, most: number) =>
  conflict(
    'too_many_records',
    `${count} records would have to move, and at most ${most} can at once. Move some of them first.`,
  )

export const unusableTarget = () =>
  invalidField('query.move_to', 'unknown_stage', 'must be another stage for the same kind of records')

export const unaskedFields = (paths: readonly string[], object: string) =>
  invalid(
    paths.map((path) => ({
      path,
      code: 'unknown_field',
      message: `must be a field of a ${object} that people fill in, or custom.<key>`,
    })),
  )
