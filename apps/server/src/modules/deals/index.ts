export { deals, stagedDeals, type DealRow } from './definition.ts'
export { addLine } from './lines/change.ts'
export { dealProblems } from './described-problems.ts'
export { dealsModule } from './routes.ts'
