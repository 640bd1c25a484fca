/** The expected failures of two-factor and of proving again who one is. */
import type { CodeOf } from '../../../platform/problem-catalogue.ts'
import { conflict, forbidden, Problem } from '../../../platform/problems.ts'

const unauthenticated = (code: CodeOf<401>, detail: string) =>
  new Problem(401, code, 'Not authenticated', detail)

export const challengeEnded = () =>
  unauthenticated('challenge_ended', 'This log-in took too long or was tried too often. Start again.')

export const wrongSecondFactor = () =>
  unauthenticated('wrong_second_factor', 'The code is wrong or was used before.')

export const wrongProof = () => forbidden('wrong_proof', 'That is not right.')

export const confirmationRequired = () =>
  forbidden(
    'confirmation_required',
    'Prove again who you are before this change: POST /auth/confirm, or log in anew.',
  )

export const twoFactorRequired = () =>
  forbidden(
    'two_factor_required',
    'This organization asks two-factor of its members. Set it up, or log in with a passkey.',
  )

export const twoFactorIsOn = () =>
  conflict('two_factor_is_on', 'Two-factor is on already. Turn it off first to set it up anew.')

export const twoFactorIsOff = () => conflict('two_factor_is_off', 'Two-factor is not on.')

export const notBegun = () =>
  conflict('two_factor_not_begun', 'Begin the set-up of an authenticator app first.')

export const ownTwoFactorFirst = () =>
  conflict(
    'own_two_factor_first',
    'This session has one factor only and would be shut out. Log in with two-factor or a passkey first.',
  )
