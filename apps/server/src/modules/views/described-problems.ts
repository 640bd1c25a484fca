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
    unknown_pipeline: [
      'There is no such pipeline for these records.',
      'Take one from GET /api/crm/pipelines.',
    ],
    unknown_team: [
      'There is no such team, or the view is not for a team.',
      'Take one from GET /api/organizations/current/teams, and give it with the visibility team.',
    ],
    not_shared: ['A private view cannot be what others begin with.', 'Share it first.'],
    not_yours: ['Only the owner of a view can take it back from others.', 'Delete it, or ask its owner.'],
  },
} as const satisfies ProblemDescriptions
