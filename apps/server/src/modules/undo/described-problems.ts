/** The codes of taking back one's own last change. */
import type { ProblemDescriptions } from '../../platform/problem-catalogue.ts'

declare module '../../platform/problem-catalogue.ts' {
  interface DescribedProblems {
    undo: typeof undoProblems
  }
}

export const undoProblems = {
  404: {
    change_not_found: [
      'The caller has changed nothing within 24 hours that could be taken back, or all of it was.',
      'Look at GET /api/crm/undo first.',
    ],
  },
} as const satisfies ProblemDescriptions
