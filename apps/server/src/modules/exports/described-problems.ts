/** The codes of exports. */
import type { ProblemDescriptions } from '../../platform/problem-catalogue.ts'

declare module '../../platform/problem-catalogue.ts' {
  interface DescribedProblems {
    exports: typeof exportProblems
  }
}

export const exportProblems = {
  404: {
    export_not_found: [
      'There is no such export of the caller, or it was too long ago.',
      'Look for it with GET /api/crm/exports.',
    ],
  },
  409: {
    export_not_ready: [
      'The file is not written yet, was never finished, or its days are over.',
      'Wait until the state is completed, or ask for another export.',
    ],
  },
} as const satisfies ProblemDescriptions
