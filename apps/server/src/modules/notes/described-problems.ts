/** The codes of notes. */
import type { ProblemDescriptions } from '../../platform/problem-catalogue.ts'

declare module '../../platform/problem-catalogue.ts' {
  interface DescribedProblems {
    notes: typeof noteProblems
  }
}

export const noteProblems = {
  403: {
    not_your_note: [
      'Somebody else wrote the note, and the caller may not delete its record.',
      'Write a note of your own, or ask its author.',
    ],
  },
  404: {
    note_not_found: [
      'There is no such note in this organization, or the caller may not see its record.',
      'Look for it with GET /api/crm/notes.',
    ],
  },
  409: {
    note_in_trash: ['The note is in the trash.', 'Restore it first with POST /api/crm/notes/{id}/restore.'],
  },
} as const satisfies ProblemDescriptions
