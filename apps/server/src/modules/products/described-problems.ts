/** The codes of products. */
import type { ProblemDescriptions } from '../../platform/problem-catalogue.ts'

declare module '../../platform/problem-catalogue.ts' {
  interface DescribedProblems {
    products: typeof productProblems
  }
}

export const productProblems = {
  404: {
    product_not_found: [
      'There is no such product in this organization, or the caller may not see it.',
      'Look for it with GET /api/crm/products.',
    ],
  },
  409: {
    product_in_trash: [
      'The product is in the trash.',
      'Restore it first: POST /api/crm/products/{id}/restore.',
    ],
  },
} as const satisfies ProblemDescriptions
