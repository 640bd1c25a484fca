/** The codes of leads. */
import type { ProblemDescriptions } from '../../platform/problem-catalogue.ts'

declare module '../../platform/problem-catalogue.ts' {
  interface DescribedProblems {
    leads: typeof leadProblems
  }
}

export const leadProblems = {
  404: {
    lead_not_found: [
      'There is no such lead in this organization, or the caller may not see it.',
      'Look for it with GET /api/crm/leads; it may have been merged, deleted or given to somebody else.',
    ],
  },
  409: {
    lead_in_trash: ['The lead is in the trash.', 'Restore it first: POST /api/crm/leads/{id}/restore.'],
  },
} as const satisfies ProblemDescriptions
