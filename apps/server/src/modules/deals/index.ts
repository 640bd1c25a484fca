export { deals } from './definition.ts'
export { dealProblems } from './described-problems.ts'
export { dealsModule } from './routes.ts'
