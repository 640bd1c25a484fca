import { lineAmounts, lineTotals, maySee, type LineItems } from '@rapport/contracts'
import type { Actor } from '../../../platform/actor.ts'
import { forbidden } from '../../../platform/problems.ts'
import type { PricedDeal } from './repository.ts'

export function presentLines({ id, version, value, currency, lines }: PricedDeal): LineItems {
  return {
    items: lines.map((line, position) => ({ ...line, position, ...lineAmounts(line, currency) })),
    totals: lineTotals(lines, currency),
    currency,
    deal: { id, version, value },
    next_cursor: null,
  }
}

/** Prices tell what the deal is worth. */
export function requireSeenValue({ field_rules }: Actor): void {
  if (!maySee(field_rules, 'deal', 'value'))
    throw forbidden('value_hidden', 'Your role does not see what deals are worth.')
}
