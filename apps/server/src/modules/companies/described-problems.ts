/** The codes of companies. */
import type { ProblemDescriptions } from '../../platform/problem-catalogue.ts'

declare module '../../platform/problem-catalogue.ts' {
  interface DescribedProblems {
    companies: typeof companyProblems
  }
}

export const companyProblems = {
  404: {
    company_not_found: [
      'There is no such company in this organization, or the caller may not see it.',
      'Look for it with GET /api/crm/companies.',
    ],
  },
  409: {
    company_in_trash: [
      'The company is in the trash.',
      'Restore it first: POST /api/crm/companies/{id}/restore.',
    ],
  },
  fields: {
    circle: [
      'The company would belong to itself, or to one that belongs to it.',
      'Take a parent from elsewhere, or first move the company in between.',
    ],
  },
} as const satisfies ProblemDescriptions
