/** The codes of accounts, logging in and sessions. */
import type { ProblemDescriptions } from '../../platform/problem-catalogue.ts'

declare module '../../platform/problem-catalogue.ts' {
  interface DescribedProblems {
    identity: typeof identityProblems
  }
}

export const identityProblems = {
  401: {
    wrong_credentials: [
      'E-mail address and password do not go together, or the address is not confirmed. Which it is, is not told.',
      'Try again, ask for a new password, or look for the verification mail.',
    ],
    refresh_token_invalid: [
      'The refresh token has expired, was used before, or its session was ended.',
      'Log in again; after each refresh keep only the newest token.',
    ],
    challenge_ended: ['The second step came too late or was tried too often.', 'Begin the log-in again.'],
    wrong_second_factor: [
      'The code is wrong or was used before.',
      'Wait for the next code of the app, or use a recovery code.',
    ],
    passkey_refused: [
      'The passkey opens no account here, or its answer does not fit.',
      'Ask for new options and try again, or log in another way.',
    ],
    sign_in_ended: [
      'The log-in at a provider was begun in another browser, took more than ten minutes, or was used before.',
      'Begin again.',
    ],
    sign_in_refused: ['The provider did not confirm the log-in.', 'Begin again, or log in another way.'],
  },
  403: {
    no_organization: [
      'The account is a member of no organization any more.',
      'Accept an invitation, or make an organization.',
    ],
    origin_refused: [
      'A change came with the session cookie, and not from the web app.',
      'Programs send an access token or an API key instead of the cookie.',
    ],
    wrong_proof: ['The password, code or passkey that proves who you are is wrong.', 'Try again.'],
    confirmation_required: [
      'The change is a sensitive one and the last proof of who you are is too old.',
      'Call POST /api/auth/confirm, then send the change again.',
    ],
    two_factor_required: [
      'The organization asks two-factor of its members, and this session has one factor.',
      'Set two-factor up, or log in with it or with a passkey.',
    ],
    provider_email_unverified: [
      'The provider does not vouch for the e-mail address, so it opens no account.',
      'Log in another way and link the provider in the security settings.',
    ],
    account_unproved: [
      'There is an account with the address, which has never been proved.',
      'Log in another way and link the provider in the security settings.',
    ],
  },
  404: {
    session_not_found: [
      'The account has no such session; it may have ended.',
      'Read the list of sessions again.',
    ],
    passkey_not_found: ['The account has no such passkey.', 'Read the list of ways to log in again.'],
    identity_not_found: [
      'The account has no such link to a provider.',
      'Read the list of ways to log in again.',
    ],
    provider_not_found: [
      'The installation does not log in with that provider.',
      'Use one of those that GET /api/auth/providers names.',
    ],
  },
  409: {
    email_taken: ['There is an account with this e-mail address.', 'Log in, or ask for a new password.'],
    no_password: ['The account has no password, and this needs one.', 'Set one by way of a reset link.'],
    sole_owner: [
      'The account is the only owner of an organization that has other members.',
      'Transfer the ownership, or remove the others, before you delete the account.',
    ],
    last_way_in: ['It is the only way to log in to the account.', 'Add another one first.'],
    two_factor_is_on: ['Two-factor is on already.', 'Turn it off first to set it up anew.'],
    two_factor_is_off: ['Two-factor is not on.', 'Set it up first.'],
    two_factor_not_begun: [
      'No set-up of two-factor is under way, or it has expired.',
      'Begin the set-up first.',
    ],
    own_two_factor_first: [
      'Two-factor would become a duty, and the session that asks for it has one factor.',
      'Log in with two-factor or a passkey first.',
    ],
    passkey_known: ['The passkey is registered already.', 'Use it, or register another one.'],
    too_many_passkeys: ['The account has as many passkeys as it can have.', 'Remove one first.'],
    identity_taken: [
      'The account at the provider is linked to another account here.',
      'Log in with that one, or unlink it there first.',
    ],
  },
  429: {
    too_many_requests: [
      'This address has called the routes of accounts too often, or registered too many addresses.',
      'Wait as Retry-After says.',
    ],
    too_many_failures: [
      'Too many attempts to log in or to prove oneself have failed.',
      'Wait as Retry-After says.',
    ],
    too_many_mails: [
      'Several mails of this kind are on their way.',
      'Look for them, or wait as Retry-After says.',
    ],
  },
  502: {
    provider_unavailable: ['The provider does not answer.', 'Try again later, or log in another way.'],
  },
  fields: {
    link_expired: ['The link was used, replaced or has expired.', 'Ask for a new one.'],
    password_too_common: ['The password is among the first that anybody would guess.', 'Choose another one.'],
    password_unchanged: ['The new password is the old one.', 'Choose another one.'],
    wrong_password: ['It is not the password of the account.', 'Try again.'],
    passkey_invalid: [
      'The passkey does not answer the options given last.',
      'Ask for new options and try again.',
    ],
    unknown_time_zone: ['The time zone is unknown.', 'Send an IANA name such as America/Sao_Paulo.'],
  },
} as const satisfies ProblemDescriptions
