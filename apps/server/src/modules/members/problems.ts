/** The expected failures of membership and invitations. */
import { conflict, forbidden, invalidField, notFound, Problem, tooMany } from '../../platform/problems.ts'

export const memberNotFound = (id: string) => notFound('member', id)
export const invitationNotFound = (id: string) => notFound('invitation', id)

/** A token is a secret: an answer never repeats it. */
export const unknownToken = () =>
  new Problem(
    404,
    'invitation_not_found',
    'Not found',
    'This invitation does not exist, or a newer mail replaced it.',
  )

export const invitationExpired = () =>
  conflict('invitation_expired', 'This invitation has expired. Ask for a new one.')

const endings = {
  accepted: 'This invitation has been accepted already.',
  declined: 'This invitation was declined.',
  revoked: 'This invitation was taken back.',
}
export const invitationEnded = (outcome: keyof typeof endings) =>
  conflict(`invitation_${outcome}`, endings[outcome])

export const invitationForOther = (email: string) =>
  forbidden(
    'invitation_for_other_address',
    `This invitation is for ${email}. Log in with that address to accept it.`,
  )

export const invitationRoleGone = () =>
  conflict('invitation_role_gone', 'The role of this invitation does not exist any more. Ask for a new one.')

export const alreadyMember = (email: string) =>
  conflict('already_member', `${email} is a member of this organization already.`)

export const unknownRole = () => invalidField('role', 'unknown_role', 'must be a role of this organization')
export const unknownTeams = () =>
  invalidField('team_ids', 'unknown_team', 'must be teams of this organization')

export const ownerByTransfer = () =>
  invalidField('role', 'owner_by_transfer', 'cannot be owner: that takes a transfer of ownership')
export const roleAboveYours = () =>
  forbidden('role_above_yours', 'This role may do more than you; you can give only what you hold yourself.')
export const memberAboveYou = () =>
  forbidden(
    'member_above_you',
    'This member may do more than you; only somebody who may as much can change that.',
  )

/** Two changes at the same moment: the second was decided on what is no longer so. */
export const yourRoleChanged = () =>
  conflict(
    'membership_changed',
    'Your own role has just been changed. Load again and see what you may do now.',
  )

export const lastOwner = () =>
  conflict('last_owner', 'An organization always has an owner. Transfer the ownership first.')
export const memberIsDeactivated = () =>
  conflict('member_deactivated', 'This member is deactivated. Let them in again first.')

/** @param path where the request names them */
export const heirNotMember = (path = 'reassign_to') =>
  invalidField(path, 'not_a_member', 'must be another active member of this organization')
export const mayNotReassign = (object: string) =>
  forbidden('permission_missing', `Your role does not let you change every ${object} of this member.`)

export const wrongPassword = () => invalidField('password', 'wrong_password', 'is not your password')
export const withoutPassword = () =>
  conflict('no_password', 'Your account has no password yet. Set one, then try again.')
export const peopleOnly = () =>
  forbidden('person_needed', 'Ownership changes hands between people, with a password; not by API key.')

export const tooManyInvitations = (retryAfterSeconds: number) =>
  tooMany('too_many_invitations', 'Too many invitations in one day. Try again later.', retryAfterSeconds)
export const addressHasBeenAsked = (retryAfterSeconds: number) =>
  tooMany('invited_too_often', 'This address got several mails already. Try again later.', retryAfterSeconds)
export const tooManyAttempts = (retryAfterSeconds: number) =>
  tooMany('too_many_attempts', 'Too many attempts. Try again later.', retryAfterSeconds)

export const addressNotProved = () =>
  forbidden(
    'address_not_verified',
    'Verify your e-mail address first: the mail that we sent you has the link.',
  )
