/** The codes of assignment. */
import type { ProblemDescriptions } from '../../platform/problem-catalogue.ts'

declare module '../../platform/problem-catalogue.ts' {
  interface DescribedProblems {
    assignment: typeof assignmentProblems
  }
}

export const assignmentProblems = {
  403: {
    not_your_member: [
      'The caller neither manages members nor leads a team of this one.',
      'Let the member say it, or whoever leads them.',
    ],
  },
  404: {
    assignment_rule_not_found: [
      'There is no such rule in this organization.',
      'Look for it with GET /api/crm/assignment-rules.',
    ],
  },
} as const satisfies ProblemDescriptions
