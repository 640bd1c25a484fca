export { createAuthentication } from './access.ts'
export { addMember, register } from './accounts.ts'
export { identityModule } from './routes.ts'
export type { IdentityLimits } from './throttle.ts'
