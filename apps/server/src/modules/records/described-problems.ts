/** The codes that every kind of record shares. */
import type { ProblemDescriptions } from '../../platform/problem-catalogue.ts'

declare module '../../platform/problem-catalogue.ts' {
  interface DescribedProblems {
    records: typeof recordProblems
  }
}

export const recordProblems = {
  403: {
    not_yours: [
      'The role allows this only for records that one owns or whose owner is in a team one leads.',
      'Ask the owner, or somebody with a wider role, to do it.',
    ],
  },
  409: {
    changed_since: [
      'Somebody changed the same fields after the change that was to be taken back.',
      'Look at current, and change the fields by hand where that is still wanted.',
    ],
  },
  fields: {
    unknown_record: [
      'The record that is named is not there, is in the trash, or cannot be read by the caller.',
      'Take an id from the list of that object.',
    ],
    needs_value: ['The field is required.', 'Give it a value.'],
    not_unique: [
      'No two records may have the same value in this field, and another one has it.',
      'Give another value, or change the other record first.',
    ],
    read_only: ['The value is calculated from other fields.', 'Leave it out.'],
    too_precise: [
      'The amount has more decimals than its currency.',
      'Round it: BRL has two decimals, JPY none.',
    ],
  },
} as const satisfies ProblemDescriptions
