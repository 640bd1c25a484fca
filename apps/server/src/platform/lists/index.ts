export { decodeCursor, encodeCursor, sortCursor } from './cursor.ts'
export { addDays, dayOf, instantAt, isoDay, minutesOf, parseDay, startOfDay, type Day } from './days.ts'
export {
  allRecords,
  describeOwnRecords,
  describeRecords,
  fieldOf,
  findRecords,
  recordsOf,
  seenBy,
  type KeptRows,
  type RecordDescription,
  type StoredField,
} from './description.ts'
export { parseFilter } from './filter.ts'
export { filterClause } from './filter-sql.ts'
export { readList, type KnownTotal } from './list.ts'
export { pageOf } from './page.ts'
export { presentation, presentRow, recordJson, type RecordRow } from './present.ts'
export {
  includedBy,
  parseIncludes,
  reachableClause,
  relatedTitle,
  relationsOf,
  type Relation,
} from './relations.ts'
export { describeOwnField, indexedLength, ownValue } from './own-fields.ts'
export { seenMatch } from './seen-match.ts'
export { selectRecords, type Match } from './selection.ts'
export { afterKeys, orderBy, parseSort, type Sort } from './sort.ts'
export { keepConditions, usableFilter, usableSort } from './usable.ts'
export { belongsClause, visibleClause } from './visible.ts'
