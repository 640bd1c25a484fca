export { isGlobalAddress } from './addresses.ts'
export { OutgoingError } from './errors.ts'
export { createGuardedFetch, type GuardedFetch, type GuardedFetchSettings } from './guarded-fetch.ts'
