/** The codes of membership and invitations. */
import type { ProblemDescriptions } from '../../platform/problem-catalogue.ts'

declare module '../../platform/problem-catalogue.ts' {
  interface DescribedProblems {
    members: typeof memberProblems
  }
}

export const memberProblems = {
  403: {
    address_not_verified: [
      'Only somebody whose e-mail address is proved can do this.',
      'Follow the link in the verification mail.',
    ],
    invitation_for_other_address: [
      'The invitation is for another e-mail address than that of the account.',
      'Log in with the address that was invited, or ask for an invitation to yours.',
    ],
    role_above_yours: [
      'The role may do more than the caller, who can give only what they hold.',
      'Let somebody with at least that role do it.',
    ],
    member_above_you: [
      'The member may do more than the caller.',
      'Let somebody with at least the role of that member do it.',
    ],
    person_needed: ['Ownership is transferred by a person, not by an API key.', 'Log in and do it there.'],
  },
  404: {
    member_not_found: ['The organization has no such member.', 'Take the id from the list of members.'],
    invitation_not_found: [
      'There is no such invitation, or a newer mail has replaced the link.',
      'Use the newest mail, or ask for a new invitation.',
    ],
  },
  409: {
    already_member: ['The address belongs to a member of the organization.', 'Nothing is to be done.'],
    invitation_expired: ['The invitation is older than seven days.', 'Ask for a new one.'],
    invitation_accepted: ['The invitation has been accepted before.', 'Log in; the membership is there.'],
    invitation_declined: ['The invitation was declined.', 'Ask for a new one.'],
    invitation_revoked: ['The invitation was taken back.', 'Ask for a new one.'],
    invitation_role_gone: ['The role of the invitation was deleted meanwhile.', 'Ask for a new one.'],
    membership_changed: [
      'The role of the caller changed at the same moment.',
      'Load again and see what you may do now.',
    ],
    last_owner: ['The organization would be left without an owner.', 'Transfer the ownership first.'],
    member_deactivated: ['The member is deactivated.', 'Let them in again first.'],
  },
  429: {
    too_many_invitations: ['The organization has sent many invitations today.', 'Wait as Retry-After says.'],
    invited_too_often: ['The address has got several invitations already.', 'Wait as Retry-After says.'],
    too_many_attempts: ['The password was wrong ten times within an hour.', 'Wait as Retry-After says.'],
  },
  fields: {
    unknown_role: [
      'The organization has no such role, or not one for this.',
      'Take it from the list of roles.',
    ],
    unknown_team: ['The organization has no such team.', 'Take the ids from the list of teams.'],
    owner_by_transfer: ['Nobody is made owner by a change of role.', 'Use the transfer of ownership.'],
  },
} as const satisfies ProblemDescriptions
