/** The codes of deals, their line items and their quotes. */
import type { ProblemDescriptions } from '../../platform/problem-catalogue.ts'

declare module '../../platform/problem-catalogue.ts' {
  interface DescribedProblems {
    deals: typeof dealProblems
  }
}

export const dealProblems = {
  403: {
    value_hidden: [
      'The role does not see what deals are worth, which line items and quotes tell.',
      'Ask somebody whose role sees the value of deals.',
    ],
  },
  404: {
    deal_not_found: [
      'There is no such deal in this organization, or the caller may not see it.',
      'Look for it with GET /api/crm/deals.',
    ],
    line_item_not_found: [
      'The deal has no such line item.',
      'Take the id from GET /api/crm/deals/{id}/line-items.',
    ],
  },
  409: {
    deal_in_trash: ['The deal is in the trash.', 'Restore it first: POST /api/crm/deals/{id}/restore.'],
    no_line_items: ['The deal has no line items, so there is nothing to offer.', 'Add one first.'],
    too_many_line_items: ['A deal has at most 200 line items.', 'Take one off before another is added.'],
  },
  fields: {
    not_closed: ['The deal is open.', 'Move it to a stage that closes it; the time may come with the move.'],
    still_closed: ['The deal is won or lost, so it was closed at some time.', 'Give a time, or reopen it.'],
    follows_lines: [
      'The deal has line items, which say in their currency what it is worth.',
      'Change the line items, or take them off first.',
    ],
    no_price: ["The product has no price in the deal's currency.", 'Give unit_price.'],
    retired_product: ['The product is not offered any more.', 'Choose another one.'],
    total_too_large: ['The deal would be worth more than a deal can be.', 'Lower a price or a quantity.'],
  },
} as const satisfies ProblemDescriptions
