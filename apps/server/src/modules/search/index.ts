export { indexRecords, matchClause, removeRecords, type SearchDocument } from './documents.ts'
export { findRecords, searchModule } from './routes.ts'
export { describeSearched } from './seen-hits.ts'
export { documentVector } from './words.ts'
