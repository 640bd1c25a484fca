/** The codes of attached files. */
import type { ProblemDescriptions } from '../../platform/problem-catalogue.ts'

declare module '../../platform/problem-catalogue.ts' {
  interface DescribedProblems {
    attachments: typeof attachmentProblems
  }
}

export const attachmentProblems = {
  403: {
    not_your_file: [
      'Somebody else added the file, and the caller may not delete its record.',
      'Ask who added it.',
    ],
  },
  404: {
    attachment_not_found: [
      'There is no such file or version in this organization, it has not arrived in full, or the caller may not see its record.',
      'Look for it with GET /api/crm/attachments.',
    ],
    preview_not_found: [
      'No picture was made of this version, or not yet.',
      'Look at preview of the version; save the file itself otherwise.',
    ],
  },
  409: {
    attachment_in_trash: [
      'The file is in the trash.',
      'Restore it first with POST /api/crm/attachments/{id}/restore.',
    ],
    piece_misplaced: [
      'The piece does not begin where the last one ended, or all of it is there.',
      'Go on from received of that version in current.',
    ],
    too_many_versions: ['The file has as many versions as one can have.', 'Attach it as another file.'],
  },
  fields: {
    not_taken: ['Programs are not taken, by their names or by their bytes.', 'Attach something else.'],
  },
} as const satisfies ProblemDescriptions
