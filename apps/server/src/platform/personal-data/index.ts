export { auditPersonalData } from './audit.ts'
export { eventPersonalData } from './events.ts'
export { dropOwnRows } from './own-rows.ts'
export { mentions, redact, type Person, type PersonalData } from './source.ts'
