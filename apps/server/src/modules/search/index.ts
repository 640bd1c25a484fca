export { indexRecords, matchClause, removeRecords, type SearchDocument } from './documents.ts'
export { searchModule } from './routes.ts'
