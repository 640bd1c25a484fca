export { pipelineNotFound } from './problems.ts'
export {
  findFirstStage,
  findStage,
  hasPipeline,
  selectObject,
  selectPipelines,
  stageJson,
  type PlacedStage,
} from './repository.ts'
export { pipelinesModule } from './routes.ts'
export { createDefaultPipelines } from './service.ts'
export { holdStageRecords } from './stage-records.ts'
export { pipelineProblems } from './described-problems.ts'
