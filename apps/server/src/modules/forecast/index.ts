export { forecastProblems } from './described-problems.ts'
export { forecastModule } from './routes.ts'
