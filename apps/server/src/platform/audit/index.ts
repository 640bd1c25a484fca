export { appendEntries } from './append.ts'
export { changedFields } from './changes.ts'
export { newEntry, type AuditActor, type AuditEntry, type AuditedValues, type PendingEntry } from './entry.ts'
