export { deals, stagedDeals, type DealRow } from './definition.ts'
export { dealProblems } from './described-problems.ts'
export { dealsModule } from './routes.ts'
