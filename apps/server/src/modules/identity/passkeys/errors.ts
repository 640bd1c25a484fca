/** The expected failures of passkeys. */
import { conflict, invalidField, Problem } from '../../../platform/problems.ts'

/** One answer for everything that can be wrong with a passkey: it tells nobody which keys are known. */
export const passkeyRefused = () =>
  new Problem(401, 'passkey_refused', 'Not authenticated', 'This passkey does not open an account here.')

export const passkeyNotMade = () =>
  invalidField('passkey', 'passkey_invalid', 'is not an answer to the options that were given last')

export const passkeyKnown = () => conflict('passkey_known', 'This passkey is registered already.')

export const tooManyPasskeys = (most: number) =>
  conflict('too_many_passkeys', `An account has at most ${most} passkeys. Remove one first.`)
