export { createAuthentication, type IdentityAccess, type SocketCredentials } from './access.ts'
export type { OrganizationHook } from './accounts.ts'
export { identityModule } from './routes.ts'
export type { IdentityLimits } from './throttle.ts'
