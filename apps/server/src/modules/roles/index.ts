export { mayAssign } from './policy.ts'
export { rolesModule } from './routes.ts'
export { roleProblems } from './described-problems.ts'
