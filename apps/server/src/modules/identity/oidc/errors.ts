/** The expected failures of logging in at a provider. */
import { conflict, forbidden, Problem } from '../../../platform/problems.ts'

export const providerUnknown = (provider: string) =>
  new Problem(404, 'provider_not_found', 'Not found', `This installation does not log in with ${provider}.`)

export const providerUnavailable = (name: string) =>
  new Problem(502, 'provider_unavailable', 'Bad gateway', `${name} does not answer. Try again later.`, {
    retryAfterSeconds: 30,
  })

export const signInEnded = () =>
  new Problem(
    401,
    'sign_in_ended',
    'Not authenticated',
    'This log-in was begun in another browser, took longer than ten minutes, or has been used. Start again.',
  )

export const signInRefused = (name: string) =>
  new Problem(
    401,
    'sign_in_refused',
    'Not authenticated',
    `${name} did not confirm this log-in. Start again.`,
  )

export const addressNotVouched = (name: string) =>
  forbidden(
    'provider_email_unverified',
    `${name} does not vouch for your e-mail address, so it cannot tell whose account to open. ` +
      `Log in another way and link ${name} in your security settings.`,
  )

export const accountNeedsProof = (name: string) =>
  forbidden(
    'account_unproved',
    `The account with this address has not proved it yet. Log in another way and link ${name} in your security settings.`,
  )

export const identityTaken = (name: string) =>
  conflict('identity_taken', `This account at ${name} opens another account here.`)
