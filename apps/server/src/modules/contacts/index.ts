export { contacts } from './definition.ts'
export { contactPersonalData, leadContactPersonalData } from './personal-data.ts'
export { contactsModule } from './routes.ts'
