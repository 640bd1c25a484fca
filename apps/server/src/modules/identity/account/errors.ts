/** The expected failures of account routes. */
import { conflict, invalidField, Problem, tooMany } from '../../../platform/problems.ts'

export const linkExpired = () =>
  invalidField('token', 'link_expired', 'is used up or has expired; ask for a new link')

export const commonPassword = () =>
  invalidField('password', 'password_too_common', 'is among the first that anybody would guess')

export const wrongPassword = (path: 'current_password' | 'password') =>
  invalidField(path, 'wrong_password', 'is not your password')

export const samePassword = () =>
  invalidField('password', 'password_unchanged', 'must be another password than before')

export const withoutPassword = () =>
  conflict(
    'no_password',
    'This account has no password yet. Ask for a link to set one at /forgot-password, then try again.',
  )

export const sessionNotFound = () =>
  new Problem(404, 'session_not_found', 'Not found', 'There is no such session of yours.')

export const soleOwner = (organizations: readonly string[]) =>
  conflict(
    'sole_owner',
    `You are the only owner of ${organizations.join(', ')}. Transfer the ownership first, or remove the other members.`,
  )

export const tooManyMails = (retryAfterSeconds: number) =>
  tooMany(
    'too_many_mails',
    'Several mails are on their way already. Look for them, or try again later.',
    retryAfterSeconds,
  )
