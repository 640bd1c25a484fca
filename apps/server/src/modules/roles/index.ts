export { findAnyRole } from './catalogue.ts'
export { findExcess, mayAssign } from './policy.ts'
export { rolesModule } from './routes.ts'
export type { RoleReplacedHook } from './service.ts'
