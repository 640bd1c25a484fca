export { contacts } from './definition.ts'
export { contactsModule } from './routes.ts'
