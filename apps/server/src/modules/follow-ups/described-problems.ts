/** The codes of follow-ups. */
import type { ProblemDescriptions } from '../../platform/problem-catalogue.ts'

declare module '../../platform/problem-catalogue.ts' {
  interface DescribedProblems {
    follow_ups: typeof followUpProblems
  }
}

export const followUpProblems = {
  404: {
    follow_up_not_found: [
      'There is no such follow-up in this organization, or the caller may not see its record.',
      'Look for it with GET /api/crm/follow-ups.',
    ],
  },
  409: {
    follow_up_open: [
      'The record has an open follow-up of this number.',
      'Close that one first with PATCH /api/crm/follow-ups/{id}, or give another number.',
    ],
  },
} as const satisfies ProblemDescriptions
