export { undoProblems } from './described-problems.ts'
export { undoModule } from './routes.ts'
