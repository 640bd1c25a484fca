export {
  refuseStale,
  refuseTrashed,
  requireEditableFields,
  requireOwner,
  requireTouchable,
} from './access.ts'
export { createRecord, insertRecords, type Prepared } from './create.ts'
export type { BaseRow, Custom, RecordDefinition } from './definition.ts'
export { followRelatedNames } from './search.ts'
export { emitFact, emitRecord } from './facts.ts'
export { listRecords, getRecord, readTimeline } from './read.ts'
export { lockRow, updateRow } from './repository.ts'
export { requireRelatedRecord } from './relations.ts'
export { routeRecords } from './routes.ts'
export { settleChange, updateRecord, updateRecords, writeChanges, type Planned } from './update.ts'
export type { Changes } from './values.ts'
export { tooManyDecimals } from './problems.ts'
export { recordProblems } from './described-problems.ts'
