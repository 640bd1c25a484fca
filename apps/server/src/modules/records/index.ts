export {
  refuseStale,
  refuseTrashed,
  requireEditableFields,
  requireOwner,
  requireReadable,
  requireTouchable,
} from './access.ts'
export {
  changersOfAny,
  findPlace,
  lockPlace,
  mayReadAt,
  mayRewriteAt,
  mayWriteAt,
  readPlace,
  type Place,
} from './beside.ts'
export { assignedActivity, assignment, holdAssignment } from './assignment.ts'
export type { Outcome } from './outcome.ts'
export { createRecord, insertRecords, type Making, type Prepared } from './create.ts'
export {
  titleOf,
  type BaseRow,
  type Custom,
  type Given,
  eventOf,
  type Occasion,
  type RecordDefinition,
} from './definition.ts'
export { asMembersDo, followRelatedNames } from './search.ts'
export { emitFact, emitRecord } from './facts.ts'
export { readGroups } from './groups.ts'
export { listRecords, getRecord, readTimeline } from './read.ts'
export {
  holdMoves,
  kindFamilies,
  kindNamed,
  kindOf,
  moveBackOf,
  readersOfAny,
  recordKinds,
  type Outcomes,
  type RecordKind,
} from './kinds.ts'
export { lockRow, lockRows, readKeptRows, readRow, updateRow } from './repository.ts'
export { findRecordOwner } from './owners.ts'
export { readTitles } from './titles.ts'
export { requireRelatedRecord } from './relations.ts'
export { asChange, sortOut } from './revert.ts'
export { routeRecords, serveRecords } from './routes.ts'
export { deleteRecords, restoreRecords } from './trash.ts'
export { settleChange, updateRecord, writeChanges, type Planned } from './update.ts'
export {
  countedSums,
  countNew,
  describeTotals,
  rebuildTotals,
  toldForTotals,
  totalsModule,
} from './totals.ts'
export { calculateOwn, formulasOf } from './formulas.ts'
export { indexOwnField } from './own-index.ts'
export { Unfit, readOwnValue, ownFieldsOf } from './own-values.ts'
export type { Changes } from './values.ts'
export { tooManyDecimals } from './problems.ts'
export { changedSince } from './problems.ts'
export { recordProblems } from './described-problems.ts'
