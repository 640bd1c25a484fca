/** The codes of duplicates. */
import type { ProblemDescriptions } from '../../platform/problem-catalogue.ts'

declare module '../../platform/problem-catalogue.ts' {
  interface DescribedProblems {
    duplicates: typeof duplicateProblems
  }
}

export const duplicateProblems = {
  404: {
    duplicate_not_found: [
      'There is no such pair, or the caller may not read both of its records.',
      'Read GET /api/crm/duplicates again.',
    ],
    merge_not_found: [
      'There is no such merge, or the caller sees no such records.',
      'Read the record again.',
    ],
  },
  409: {
    merge_undone: ['The merge was taken back already.', 'Read the records again.'],
    merge_incomplete: [
      'A record that was merged has been deleted for good since.',
      'Make it anew by hand from the timeline of the winner.',
    ],
  },
} as const satisfies ProblemDescriptions
