export { isGlobalAddress } from './addresses.ts'
export { createGuardedFetch, type GuardedFetch } from './guarded-fetch.ts'
