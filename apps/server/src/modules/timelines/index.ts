export { dropVisits, forgetVisitor } from './visits.ts'
export { timelineProblems } from './described-problems.ts'
export { timelinesModule } from './routes.ts'
