/** The codes of saved views. */
import type { ProblemDescriptions } from '../../platform/problem-catalogue.ts'

declare module '../../platform/problem-catalogue.ts' {
  interface DescribedProblems {
    views: typeof viewProblems
  }
}

export const viewProblems = {
  403: {
    not_your_view: [
      'The view is shared, and the caller may not change what others share.',
      'Save it as a view of your own.',
    ],
  },
  404: {
    view_not_found: [
      'There is no such view, or it is not shared with the caller.',
      'Take the id from GET /api/crm/views.',
    ],
  },
  409: {
    too_many_views: ['The member has as many views as one can have.', 'Delete some of them first.'],
  },
  fields: {
    not_shared: ['A private view cannot be what others begin with.', 'Share it first.'],
    not_yours: ['Only the owner of a view can take it back from others.', 'Delete it, or ask its owner.'],
  },
} as const satisfies ProblemDescriptions
