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
  fields: {
    missing: ['The cursor of a board belongs to one column, which is not named.', 'Send stage_id with it.'],
    other_pipeline: [
      'The stage belongs to another pipeline than the one given.',
      'Send two that go together.',
    ],
    unknown_pipeline: ['There is no such pipeline of leads.', 'Take the id from GET /api/crm/pipelines.'],
    unknown_lead: [
      'The neighbour is no other lead of that stage.',
      'Read the board again; it may have moved.',
    ],
  },
} as const satisfies ProblemDescriptions
