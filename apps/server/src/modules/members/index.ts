export { invitationDesk } from './accept.ts'
export { replaceInvitedRole } from './invite.ts'
export { membersModule } from './routes.ts'
export { leaveOrganization } from './service.ts'
