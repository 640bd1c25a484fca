/** The codes of figures that are made of records. */
import type { ProblemDescriptions } from '../../platform/problem-catalogue.ts'

declare module '../../platform/problem-catalogue.ts' {
  interface DescribedProblems {
    forecast: typeof forecastProblems
  }
}

export const forecastProblems = {
  403: {
    figures_hidden: [
      'The figures are made of a field that the role does not see, and would tell of it.',
      'Ask somebody whose role sees the value, dates, stage and owner of deals.',
    ],
  },
} as const satisfies ProblemDescriptions
