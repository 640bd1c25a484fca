import { findGrantFaults, permissions, roleGrants, scopes, type Grants } from '@rapport/contracts'
import { expect, test } from 'vitest'
import { choicesWithin, matrix, withGrant } from './matrix.ts'

test('the matrix has every permission once', () => {
  expect(matrix.flatMap(({ rows }) => rows.map((row) => row.permission))).toEqual(permissions)
})

test('whatever is chosen, one after the other, stays a role that the server takes', () => {
  let grants: Grants = {}
  let state = 7
  for (let step = 0; step < 2_000; step += 1) {
    state = (state * 48_271) % 2_147_483_647
    const permission = permissions[state % permissions.length]
    if (!permission) continue
    const choices = [null, ...choicesWithin(roleGrants.owner, permission)]
    const scope = choices[(state >> 8) % choices.length] ?? null
    grants = withGrant(grants, permission, scope)
    expect(findGrantFaults(grants)).toEqual([])
    expect(grants[permission] ?? null).toBe(scope)
  }
})

test('to change leads one has to see them, and the stages they are in', () => {
  expect(withGrant({}, 'leads:update', 'team')).toEqual({
    'leads:update': 'team',
    'leads:read': 'team',
    'pipelines:read': 'all',
  })
})

test('what reaches further than one sees is shortened, and goes with the sight', () => {
  const sales = withGrant(roleGrants.sales, 'leads:read', 'own')
  expect(sales).toMatchObject({ 'leads:read': 'own', 'leads:update': 'own', 'leads:create': 'all' })
  const blind = withGrant(sales, 'leads:read', null)
  expect(Object.keys(blind).filter((name) => name.startsWith('leads:'))).toEqual([])
})

test('nobody is offered more than they hold', () => {
  expect(choicesWithin({ 'leads:read': 'team' }, 'leads:read')).toEqual(scopes.slice(0, 2))
  expect(choicesWithin({}, 'audit:read')).toEqual([])
  expect(choicesWithin(roleGrants.owner, 'organization:transfer')).toEqual([])
})
