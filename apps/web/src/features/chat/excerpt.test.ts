import { describe, expect, test } from 'vitest'
import { excerptOf } from './excerpt.ts'

describe('the excerpt of a message', () => {
  test.each([
    [
      'beginnings of words are marked, in any case',
      'The Contract is contracted',
      'contract',
      'The «Contract» is «contract»ed',
    ],
    ['the middle of a word is not', 'A subcontract', 'contract', 'A subcontract'],
    ['lines become one', 'One\n\n two', 'two', 'One «two»'],
    ['what a pattern would mean is a text', 'a.b (c', 'a.b (c', '«a».«b» («c»'],
  ])('%s', (_what, text, q, shown) => {
    expect(excerptOf(text, q).marked).toBe(shown)
  })

  test.each([
    ['with such marks of its own', 'Disse «sim» ontem', 'sim'],
    ['for a query without a word', 'Hello there', '…'],
  ])('has nothing marked %s', (_what, text, q) => {
    expect(excerptOf(text, q)).toEqual({ label: text })
  })

  test('it begins shortly before what was found, with a whole word', () => {
    expect(excerptOf(`${'word '.repeat(40)}harbour dues are paid`, 'harbour')).toEqual({
      label: '…word word word word word word harbour dues are paid',
      marked: '…word word word word word word «harbour» dues are paid',
    })
  })

  test('it ends somewhere', () => {
    expect(excerptOf('long '.repeat(200), 'short').label.length).toBeLessThanOrEqual(161)
  })
})
