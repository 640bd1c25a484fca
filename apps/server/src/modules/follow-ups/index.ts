export { followUpProblems } from './described-problems.ts'
export { followUpPersonalData } from './personal-data.ts'
export { followUpsModule } from './routes.ts'
