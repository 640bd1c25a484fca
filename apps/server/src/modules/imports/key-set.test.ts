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
