/** The expected failures of identity. */
import {
  conflict,
  forbidden,
  invalidField,
  notAuthenticated,
  Problem,
  tooMany,
} from '../../platform/problems.ts'

export const emailTaken = () =>
  conflict('email_taken', 'There is an account with this e-mail address already. Log in instead.')

/** The same for an unknown address, a wrong password and an address that is not confirmed: it tells nobody who has an account. */
export const wrongCredentials = () =>
  new Problem(
    401,
    'wrong_credentials',
    'Not authenticated',
    'The e-mail address or the password is wrong, or the address has not been confirmed yet.',
  )

export const badToken = () => notAuthenticated('The access token is not valid or has expired.')
export const sessionEnded = () => notAuthenticated('The session has ended. Log in again.')

export const badRefreshToken = () =>
  new Problem(
    401,
    'refresh_token_invalid',
    'Not authenticated',
    'The refresh token is not valid any more. Log in again.',
  )

export const notAMember = () => forbidden('not_a_member', 'You are not a member of this organization.')

export const withoutOrganization = () =>
  forbidden('no_organization', 'This account belongs to no organization any more.')

export const otherOrganization = () =>
  forbidden('organization_mismatch', 'The access token was issued for another organization.')

export const originRefused = () =>
  forbidden('origin_refused', 'With the session cookie, changes are accepted from the web app itself only.')

export const unknownTimeZone = () =>
  invalidField('time_zone', 'unknown_time_zone', 'must be an IANA time zone, as America/Sao_Paulo')

export const slugTaken = () => invalidField('slug', 'taken', 'is the short name of another organization')

export const tooManyRequests = (retryAfterSeconds: number) =>
  tooMany('too_many_requests', 'Too many requests from this address. Try again later.', retryAfterSeconds)

export const tooManyFailures = (retryAfterSeconds: number) =>
  tooMany('too_many_failures', 'Too many failed log-ins. Try again later.', retryAfterSeconds)
