export { duplicateProblems } from './described-problems.ts'
export { duplicatePersonalData } from './personal-data.ts'
export { duplicatesModule } from './routes.ts'
