export { createTokens } from './tokens.ts'
export { createAuthentication, type IdentityAccess } from './access.ts'
export { addMember, admitMember, guestActor, register, type InvitationDesk } from './accounts.ts'
export { countByRole, findMember, listMembers, replaceMembershipRole } from './memberships.ts'
export {
  countOtherOwners,
  findMembershipState,
  lockMemberships,
  setMembershipActive,
  setMembershipRole,
} from './membership-changes.ts'
export { getOrganization } from './organizations.ts'
export { hashPassword, verifyPassword } from './passwords.ts'
export { builtInName, isBuiltIn, resolveRole, type ResolvedRole, type StoredRole } from './role-resolution.ts'
export { identityModule } from './routes.ts'
export { secondFactorSecrets } from './second-factor/totp.ts'
export type { IdentityLimits } from './throttle.ts'
export { hashSecret, newSecret } from './tokens.ts'
export { getUser } from './users.ts'
export { describeDevice } from './account/device.ts'
export { personActor } from './account/notices.ts'
export { noteProvedAddress } from './account/holders.ts'
export { identityProblems } from './described-problems.ts'
