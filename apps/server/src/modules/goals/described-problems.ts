/** The codes of goals. */
import type { ProblemDescriptions } from '../../platform/problem-catalogue.ts'

declare module '../../platform/problem-catalogue.ts' {
  interface DescribedProblems {
    goals: typeof goalProblems
  }
}

export const goalProblems = {
  403: {
    goal_out_of_reach: [
      'The goal would be of somebody of whom the caller may not see all that counts for it.',
      'Ask somebody whose role sees all records of that member, team or organization.',
    ],
  },
  404: {
    goal_not_found: [
      'There is no such goal in this organization, or the caller may not see it.',
      'Look for it with GET /api/analytics/goals.',
    ],
  },
  409: {
    goal_exists: [
      'Whose it is, metric, period and currency are those of another goal.',
      'Change that one with PATCH /api/analytics/goals/{id}.',
    ],
    too_many_goals: ['An organization can have 500 goals of one period.', 'Delete one that is not needed.'],
  },
  fields: {
    no_currency: ['What the goal counts is not money.', 'Leave the currency out.'],
  },
} as const satisfies ProblemDescriptions
