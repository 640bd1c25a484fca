import fc from 'fast-check'
import { expect, it } from 'vitest'
import { KeySet } from './key-set.ts'

it('a key set says of every text whether it came before, as a set would', () => {
  fc.assert(
    fc.property(fc.array(fc.string({ maxLength: 3 }), { maxLength: 3000, size: 'max' }), (texts) => {
      const [keys, truth] = [new KeySet(), new Set<string>()]
      for (const text of texts) {
        expect(keys.add(text)).toBe(!truth.has(text))
        truth.add(text)
      }
    }),
    { numRuns: 20 },
  )
})

it.each([
  ['counted', (at: number) => `bench-${at}`],
  ['long digits', (at: number) => String(5_511_900_000_000_000 + at * 7)],
  ['differing far from the end', (at: number) => `${at}.ana.pararra@vilonho18.example`],
])('a key set tells many texts apart that are hardly different: %s', (_, textOf) => {
  const keys = new KeySet()
  const many = Array.from({ length: 200_000 }, (_unused, at) => textOf(at))
  expect(many.every((text) => keys.add(text))).toBe(true)
  expect(many.every((text) => keys.has(text))).toBe(true)
  expect(many.some((text) => keys.has(`${text}x`))).toBe(false)
})
