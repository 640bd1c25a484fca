import { keyScopes, roleGrants, scopes as reaches, type Grants, type Scope } from '@rapport/contracts'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { beyondGrants, boundScopes, intersectGrants } from './scopes.ts'

const reach = (scope: Scope | undefined) => (scope === undefined ? -1 : reaches.indexOf(scope))
const isWithin = (inner: Grants, outer: Grants) =>
  Object.entries(inner).every(
    ([permission, scope]) => reach(scope) <= reach(outer[permission as keyof Grants]),
  )

const anyScopes = fc.uniqueArray(fc.constantFrom(...keyScopes), { maxLength: 12 })
const anyGrants = fc.constantFrom(...Object.values(roleGrants))

describe('what a key may do', () => {
  test('is never more than its maker may, and never more than its scopes say', () => {
    expect(() =>
      fc.assert(
        fc.property(anyScopes, anyGrants, (scopes, grants) => {
          const effective = intersectGrants(scopes, grants)
          return isWithin(effective, grants) && isWithin(effective, intersectGrants(scopes, roleGrants.owner))
        }),
      ),
    ).not.toThrow()
  })

  test('is stored no wider than its maker reaches at that time', () => {
    expect(() =>
      fc.assert(
        fc.property(anyScopes, anyGrants, (scopes, grants) => {
          const stored = boundScopes(scopes, grants)
          return isWithin(intersectGrants(stored, roleGrants.owner), grants)
        }),
      ),
    ).not.toThrow()
  })

  test('shrinks with its maker and does not grow with it', () => {
    const stored = boundScopes(['leads:read', 'leads:delete'], roleGrants.sales)
    expect(stored).toEqual(['leads:read', 'leads:delete:own'])
    expect(intersectGrants(stored, roleGrants.owner)).toEqual({ 'leads:read': 'all', 'leads:delete': 'own' })
    expect(intersectGrants(stored, roleGrants.caller)).toEqual({ 'leads:read': 'team' })
  })

  test('named twice counts as far as the wider one reaches', () => {
    expect(boundScopes(['leads:read:own', 'leads:read:team'], roleGrants.owner)).toEqual(['leads:read:team'])
  })

  test('that the maker does not hold is told by its place', () => {
    expect(beyondGrants(['leads:read', 'leads:update', 'leads:read:own'], roleGrants.viewer)).toEqual([1])
  })

  test('can never include making keys or giving the organization away', () => {
    expect(keyScopes).not.toContain('api_keys:manage')
    expect(keyScopes).not.toContain('organization:transfer')
  })
})
