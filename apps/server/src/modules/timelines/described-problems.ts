/** The codes of timelines. */
import type { ProblemDescriptions } from '../../platform/problem-catalogue.ts'

declare module '../../platform/problem-catalogue.ts' {
  interface DescribedProblems {
    timelines: typeof timelineProblems
  }
}

export const timelineProblems = {
  404: {
    activity_not_found: [
      'There is no such activity in this organization.',
      'Read the timeline of the record again.',
    ],
  },
} as const satisfies ProblemDescriptions
