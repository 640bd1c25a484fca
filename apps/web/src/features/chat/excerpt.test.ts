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
    ['marks of its own stay alone', 'Disse «sim» ontem', 'sim', 'Disse «sim» ontem'],
    ['without a word it begins where it begins', 'Hello there', '…', 'Hello there'],
  ])('%s', (_what, text, q, shown) => {
    expect(excerptOf(text, q)).toBe(shown)
  })

  test('it begins shortly before what was found, with a whole word', () => {
    const shown = excerptOf(`${'word '.repeat(40)}harbour dues are paid`, 'harbour')
    expect(shown).toBe('…word word word word word word «harbour» dues are paid')
  })

  test('it ends somewhere', () => {
    expect(excerptOf('long '.repeat(200), 'short').length).toBeLessThanOrEqual(161)
  })
})
