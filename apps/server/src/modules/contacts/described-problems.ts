/** The codes of contacts and of their links to leads. */
import type { ProblemDescriptions } from '../../platform/problem-catalogue.ts'

declare module '../../platform/problem-catalogue.ts' {
  interface DescribedProblems {
    contacts: typeof contactProblems
  }
}

export const contactProblems = {
  404: {
    contact_not_found: [
      'There is no such contact in this organization or at this lead, or the caller may not see it.',
      'Look for it with GET /api/crm/contacts or GET /api/crm/leads/{id}/contacts.',
    ],
  },
  409: {
    contact_in_trash: [
      'The contact is in the trash.',
      'Restore it first: POST /api/crm/contacts/{id}/restore.',
    ],
    too_many_contacts: ['A lead or deal has at most 100 contacts.', 'Take one off before another is linked.'],
  },
} as const satisfies ProblemDescriptions
