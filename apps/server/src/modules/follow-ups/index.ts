export { followUpProblems } from './described-problems.ts'
export { dropFollowUps, followUpPersonalData } from './personal-data.ts'
export { followUpsModule } from './routes.ts'
