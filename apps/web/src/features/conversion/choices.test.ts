import { describe, expect, test } from 'vitest'
import { bodyOf, firstChoice, NEW, NONE } from './choices.ts'

const match = { id: 'c1', name: 'Acme', by: 'domain' } as const

describe('what is chosen first', () => {
  test('is the first match, or else a new record, or else none', () => {
    const values = { name: 'Acme' }
    expect(firstChoice('company', { matches: [match], values })).toMatchObject({ choice: 'c1' })
    expect(firstChoice('company', { matches: [], values })).toMatchObject({ choice: NEW, name: 'Acme' })
    expect(firstChoice('company', { matches: [], values: null })).toMatchObject({ choice: NONE })
  })
})

test('the request names the match, the new record with what was typed, and says "none"', () => {
  const chosen = {
    company: { choice: 'c1', name: '', value: '' },
    contact: { choice: NONE, name: 'Ana', value: '' },
    deal: { choice: NEW, name: ' Big one ', value: '10' },
  }
  const offer = { matches: [], values: { name: 'Deal', value: 10 } }
  const offers = { company: offer, contact: offer, deal: { matches: [], values: { name: 'Deal' } } }
  expect(bodyOf(offers, chosen, 3, Number)).toEqual({
    company: { id: 'c1' },
    contact: null,
    deal: { values: { name: 'Big one', value: 10 } },
    version: 3,
  })
  // What is as it was proposed is left to the server.
  expect(bodyOf({ ...offers, deal: offer }, chosen, 3, Number).deal).toEqual({ values: { name: 'Big one' } })
})
