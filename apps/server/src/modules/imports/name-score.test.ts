import { expect, it } from 'vitest'
import { headingOf, namedCurrency } from './name-score.ts'

it.each([
  ['Amount (USD)', 'USD', 'amount'],
  ['Valor (R$)', 'BRL', 'valor'],
  ['importe_eur', 'EUR', 'importe'],
  ['Amount in GBP', 'GBP', 'amount'],
  ['Deal value [chf]', 'CHF', 'deal value'],
  ['Amount', null, 'amount'],
  ['Value (all)', 'ALL', 'value'],
  ['value_all', null, 'value all'],
  ['Amount (net)', null, 'amount net'],
  ['Industry__c', null, 'industry'],
  ['AccountExtId__c', null, 'account ext id'],
])('%s is in %s and means %s', (name, currency, heading) => {
  expect(namedCurrency(name)).toBe(currency)
  expect(headingOf(name)).toBe(heading)
})
