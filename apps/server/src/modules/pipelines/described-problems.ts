/** The codes of pipelines and their stages. */
import type { ProblemDescriptions } from '../../platform/problem-catalogue.ts'

declare module '../../platform/problem-catalogue.ts' {
  interface DescribedProblems {
    pipelines: typeof pipelineProblems
  }
}

export const pipelineProblems = {
  404: {
    pipeline_not_found: [
      'There is no such pipeline in this organization, or it is for another kind of record.',
      'Take the id from GET /api/crm/pipelines.',
    ],
    stage_not_found: ['The pipeline has no such stage.', 'Take the id from GET /api/crm/pipelines.'],
  },
  409: {
    last_pipeline: ['It is the only pipeline for its records.', 'Make another one before you delete it.'],
    last_stage: ['It is the only stage of its pipeline.', 'Make another one before you delete it.'],
    stage_has_records: [
      'Records are in the stage that would be deleted, perhaps in the trash.',
      'Name in move_to the stage that takes them.',
    ],
    pipeline_has_records: [
      'Records are in the pipeline that would be deleted, perhaps in the trash.',
      'Name in move_to the stage that takes them.',
    ],
    too_many_records: [
      'More records would have to move to another stage than can at once.',
      'Move some of them first, then delete.',
    ],
  },
  fields: {
    unknown_stage: ['There is no such stage for these records.', 'Take the id from GET /api/crm/pipelines.'],
  },
} as const satisfies ProblemDescriptions
