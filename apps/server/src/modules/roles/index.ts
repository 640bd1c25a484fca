export { mayAssign } from './policy.ts'
export { rolesModule } from './routes.ts'
