/** The codes of tags. */
import type { ProblemDescriptions } from '../../platform/problem-catalogue.ts'

declare module '../../platform/problem-catalogue.ts' {
  interface DescribedProblems {
    tags: typeof tagProblems
  }
}

export const tagProblems = {
  404: {
    tag_not_found: ['There is no such tag in this organization.', 'Take the id from GET /api/crm/tags.'],
  },
  409: {
    too_many_tags: ['The organization has as many tags as it can have.', 'Merge or delete some first.'],
  },
  fields: {
    unknown_tag: [
      'There is no such tag, and the caller may not make one.',
      'Take one from GET /api/crm/tags, or have somebody whose role may make tags do it.',
    ],
  },
} as const satisfies ProblemDescriptions
