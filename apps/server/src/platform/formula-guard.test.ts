import fc from 'fast-check'
import { expect, it } from 'vitest'
import { guard, unguard } from './formula-guard.ts'

const cell = fc.string({ unit: fc.constantFrom("'", '=', '+', '-', '@', '\t', '\r', 'a', '1', ' ') })

it('no guarded cell can be run as a formula', () => {
  fc.assert(
    fc.property(cell, (text) => {
      expect(guard(text)).not.toMatch(/^[=+\-@\t\r]/)
    }),
  )
})

it('what is guarded comes back exactly as it was', () => {
  fc.assert(
    fc.property(cell, (text) => {
      expect(unguard(guard(text))).toBe(text)
    }),
  )
})
