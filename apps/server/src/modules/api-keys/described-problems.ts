/** The codes of API keys. */
import type { ProblemDescriptions } from '../../platform/problem-catalogue.ts'

declare module '../../platform/problem-catalogue.ts' {
  interface DescribedProblems {
    apiKeys: typeof apiKeyProblems
  }
}

export const apiKeyProblems = {
  401: {
    api_key_expired: ['The API key is past its expiry.', 'Make a new key, with a later expiry or none.'],
    api_key_revoked: ['The API key was revoked.', 'Use another key; a revoked one never works again.'],
  },
  403: {
    not_the_maker: [
      'The new secret of a key was asked for by somebody else than its maker.',
      'Let the maker rotate it, or revoke it and make your own.',
    ],
    scope_not_held: [
      'The scopes of the key go beyond what its maker may do.',
      'Leave out the scopes in detail, or let somebody with more permissions make the key.',
    ],
  },
  404: {
    api_key_not_found: [
      'There is no such API key in this organization.',
      'Take the id from GET /api/api-keys.',
    ],
  },
  409: {
    api_key_ended: ['The key was revoked or has expired, so it cannot be changed.', 'Make a new key.'],
  },
  fields: {
    in_the_past: ['The time has passed already.', 'Send a later one.'],
  },
} as const satisfies ProblemDescriptions
