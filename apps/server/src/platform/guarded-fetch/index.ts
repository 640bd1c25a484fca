export { isGlobalAddress } from './addresses.ts'
export { OutgoingError } from './errors.ts'
export { createGuardedFetch, type GuardedFetch } from './guarded-fetch.ts'
