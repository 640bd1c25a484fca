export { assignmentProblems } from './described-problems.ts'
export { assignmentModule } from './routes.ts'
