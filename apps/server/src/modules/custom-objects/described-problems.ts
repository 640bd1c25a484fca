/** The codes of objects that organizations make, and of their records. */
import type { ProblemDescriptions } from '../../platform/problem-catalogue.ts'

declare module '../../platform/problem-catalogue.ts' {
  interface DescribedProblems {
    customObjects: typeof customObjectProblems
  }
}

export const customObjectProblems = {
  404: {
    custom_object_not_found: [
      'The organization has made no such object, has retired it, or the caller may not see it.',
      'Look for it with GET /api/crm/custom-objects.',
    ],
  },
  409: {
    record_in_trash: [
      'The record is in the trash.',
      'Restore it first: POST /api/crm/custom-objects/{object}/records/{id}/restore.',
    ],
    too_many_objects: ['The organization has as many objects as it can make.', 'Delete one without records.'],
    object_has_records: [
      'The object has records, which would be lost; those in the trash count, too.',
      'Retire it: its records are kept.',
    ],
    object_in_use: [
      'Relation fields of other objects lead to this one.',
      'Delete these fields first, or retire the object.',
    ],
  },
  fields: {
    reserved: ['The word is one that Rapport itself uses.', 'Give another one.'],
  },
} as const satisfies ProblemDescriptions
