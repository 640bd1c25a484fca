export { privacyModule } from './routes.ts'
export { privacyProblems } from './described-problems.ts'
