export { duplicateProblems } from './described-problems.ts'
export { duplicatesPersonalData } from './personal-data.ts'
export { duplicatesModule } from './routes.ts'
