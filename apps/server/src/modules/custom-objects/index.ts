export { customObjectProblems } from './described-problems.ts'
export { customObjectsModule } from './routes.ts'
