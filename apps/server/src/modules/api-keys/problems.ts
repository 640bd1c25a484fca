/** The expected failures of API keys. */
import { conflict, forbidden, invalidField, notAuthenticated, Problem } from '../../platform/problems.ts'

/** The same for a key that never was and for one whose secret is wrong. */
export const unknownKey = () => notAuthenticated('The API key is not valid.')
export const keyExpired = () =>
  new Problem(401, 'api_key_expired', 'Not authenticated', 'The API key has expired.')
export const keyRevoked = () =>
  new Problem(401, 'api_key_revoked', 'Not authenticated', 'The API key was revoked.')

/** The new secret speaks for the maker, so nobody else is given it. */
export const onlyTheMaker = () =>
  forbidden('not_the_maker', 'Only who made a key may give it a new secret. Others can revoke it.')

export const scopesNotHeld = (scopes: readonly string[]) =>
  forbidden('scope_not_held', `A key cannot be given what you may not do yourself: ${scopes.join(', ')}.`)

export const expiryPassed = () => invalidField('expires_at', 'in_the_past', 'must be in the future')

export const keyEnded = () =>
  conflict('api_key_ended', 'The API key was revoked or has expired; make a new one.')
