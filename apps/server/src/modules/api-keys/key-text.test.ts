import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { hashKey, isSameHash, newKeyText, newPrefix, prefixOf } from './key-text.ts'

describe('the text of a key', () => {
  test('has the form that secret scanners look for, and tells its public part', () => {
    const prefix = newPrefix()
    const text = newKeyText(prefix)
    expect(text).toMatch(/^rap_[0-9A-Za-z]{8}_[0-9A-Za-z]{49}$/)
    expect(prefixOf(text)).toBe(prefix)
  })

  test('with one character changed, anywhere, is no key', () => {
    const text = newKeyText(newPrefix())
    for (let at = 0; at < text.length; at += 1) {
      const other = text[at] === 'x' ? 'y' : 'x'
      expect(prefixOf(text.slice(0, at) + other + text.slice(at + 1)), `at ${at}`).toBeNull()
    }
  })

  test('is nothing that anyone would type', () => {
    expect(() =>
      fc.assert(fc.property(fc.string({ maxLength: 80 }), (text) => prefixOf(text) === null)),
    ).not.toThrow()
    expect(() =>
      fc.assert(
        fc.property(
          fc.stringMatching(/^rap_[0-9A-Za-z]{8}_[0-9A-Za-z]{49}$/),
          (text) => prefixOf(text) === null,
        ),
      ),
    ).not.toThrow()
  })

  test('is never the same twice', () => {
    const prefix = newPrefix()
    expect(new Set(Array.from({ length: 200 }, () => newKeyText(prefix))).size).toBe(200)
  })

  test('is known again by its hash only', () => {
    const [one, other] = [newKeyText('abcdefgh'), newKeyText('abcdefgh')]
    expect(isSameHash(hashKey(one), hashKey(one))).toBe(true)
    expect(isSameHash(hashKey(one), hashKey(other))).toBe(false)
  })
})
