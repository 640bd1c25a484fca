export { invitationDesk } from './accept.ts'
export { membersModule } from './routes.ts'
