export { isGlobalAddress } from './addresses.ts'
export { OutgoingError, type OutgoingFailure } from './errors.ts'
export { createGuardedFetch, type GuardedFetch } from './guarded-fetch.ts'
