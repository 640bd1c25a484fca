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
  },
} as const satisfies ProblemDescriptions
