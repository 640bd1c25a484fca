/** The codes of privacy requests and consents. */
import type { ProblemDescriptions } from '../../platform/problem-catalogue.ts'

declare module '../../platform/problem-catalogue.ts' {
  interface DescribedProblems {
    privacy: typeof privacyProblems
  }
}

export const privacyProblems = {
  403: {
    contact_not_yours: [
      'The role allows this only for contacts that one owns or whose owner is in a team one leads.',
      'Ask the owner of the contact, or somebody with a wider role, to do it.',
    ],
    lead_not_yours: [
      'The role allows changing only leads within its reach, and this one is not.',
      'Ask its owner, or somebody with a wider role.',
    ],
  },
  404: {
    privacy_request_not_found: [
      'There is no such request in this organization.',
      'Take the id from GET /api/privacy/requests.',
    ],
    file_not_found: ['The file has expired and was deleted, or never was.', 'Make a new request.'],
  },
  409: {
    not_ready: ['The file is still being made.', 'Ask again in a moment.'],
  },
  fields: {
    in_the_future: ['The time has not come yet.', 'Send an earlier one.'],
  },
} as const satisfies ProblemDescriptions
