import { describe, expect, test } from 'vitest'
import { everyScope, findScope, offersFor, readOnlyScopes, reachesFor, toggled, withReach } from './scopes.ts'

const sales = {
  'leads:read': 'all',
  'leads:delete': 'own',
  'pipelines:read': 'all',
  'api_keys:manage': 'all',
} as const

describe('what is offered for a key', () => {
  test('is what one may do oneself, and neither making keys', () => {
    expect(offersFor(sales).map(({ object }) => object)).toEqual(['leads', 'pipelines'])
    expect(everyScope(sales)).toEqual(['leads:read', 'leads:delete:own', 'pipelines:read'])
    expect(readOnlyScopes(sales)).toEqual(['leads:read', 'pipelines:read'])
  })

  test('reaches as far as one does oneself, or less', () => {
    expect(reachesFor('leads:read', sales)).toEqual(['all', 'team', 'own'])
    expect(reachesFor('leads:delete', sales)).toEqual(['own'])
    expect(reachesFor('pipelines:read', sales)).toEqual([])
  })
})

describe('choosing', () => {
  test('takes one’s own reach, and a narrower one takes its place', () => {
    const chosen = toggled(['pipelines:read'], 'leads:read', true, sales)
    expect(chosen).toEqual(['pipelines:read', 'leads:read'])
    expect(withReach(chosen, 'leads:read', 'own')).toEqual(['pipelines:read', 'leads:read:own'])
    expect(findScope(['leads:read:own'], 'leads:read')).toBe('leads:read:own')
    expect(toggled(['leads:read:own'], 'leads:read', false, sales)).toEqual([])
  })
})
