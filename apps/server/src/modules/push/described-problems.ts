/** The codes of Web Push. */
import type { ProblemDescriptions } from '../../platform/problem-catalogue.ts'

declare module '../../platform/problem-catalogue.ts' {
  interface DescribedProblems {
    push: typeof pushProblems
  }
}

export const pushProblems = {
  404: {
    push_device_not_found: [
      'Nothing is pushed to such a browser of the caller: it was never asked for, was taken away, or its log-in has ended.',
      'Look for it with GET /api/users/me/push-devices, or ask for it again from that browser.',
    ],
  },
} as const satisfies ProblemDescriptions
