/** The codes of conversions. */
import type { ProblemDescriptions } from '../../platform/problem-catalogue.ts'

declare module '../../platform/problem-catalogue.ts' {
  interface DescribedProblems {
    conversion: typeof conversionProblems
  }
}

export const conversionProblems = {
  404: {
    conversion_not_found: ['The lead is not converted, or it was taken back.', 'Read the lead again.'],
  },
  409: {
    conversion_settled: [
      'The conversion is older than 24 hours.',
      'Change the lead, and delete what it became, by hand.',
    ],
    conversion_used: [
      'Somebody has worked on what the conversion made; conflicts names it: company, contact, deal.',
      'Send the same names in keep, so that it stays.',
    ],
  },
} as const satisfies ProblemDescriptions
