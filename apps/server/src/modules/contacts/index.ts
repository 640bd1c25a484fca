export { contacts } from './definition.ts'
export { contactProblems } from './described-problems.ts'
export { contactPersonalData, dealContactPersonalData, leadContactPersonalData } from './personal-data.ts'
export { contactsModule } from './routes.ts'
