/** The codes of records in stages. */
import type { ProblemDescriptions } from '../../platform/problem-catalogue.ts'

declare module '../../platform/problem-catalogue.ts' {
  interface DescribedProblems {
    staged: typeof stagedProblems
  }
}

export const stagedProblems = {
  422: {
    required_fields: [
      'The stage asks for fields that are empty; errors names each.',
      'Send them in the values of the move, or with the new record.',
    ],
  },
  fields: {
    required_field: ['The stage asks for this field.', 'Give it a value.'],
    missing: ['The cursor of a board belongs to one column, which is not named.', 'Send stage_id with it.'],
    other_pipeline: [
      'The stage belongs to another pipeline than the one given.',
      'Send two that go together.',
    ],
    unknown_pipeline: [
      'There is no such pipeline for these records.',
      'Take the id from GET /api/crm/pipelines.',
    ],
    unknown_neighbour: [
      'The neighbour is no other record of that stage.',
      'Read the board again; it may have moved.',
    ],
  },
} as const satisfies ProblemDescriptions
