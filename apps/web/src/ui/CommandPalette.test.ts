import { expect, test } from 'vitest'
import { filterGroups } from './CommandPalette.tsx'

const item = (id: string, label: string, keywords?: string[]) => ({
  id,
  label,
  ...(keywords ? { keywords } : {}),
  run: () => undefined,
})
const groups = [
  { id: 'go', heading: 'Go to', items: [item('leads', 'Leads'), item('board', 'Board', ['kanban'])] },
  { id: 'app', heading: 'Rapport', items: [item('out', 'Log out')] },
]

test('an empty query shows everything in its order', () => {
  expect(filterGroups(groups, '')).toEqual(groups)
})

test('a query keeps what matches and drops groups without a match', () => {
  expect(filterGroups(groups, 'lea').map(({ id }) => id)).toEqual(['go'])
})

test('an entry is found by its other words', () => {
  expect(filterGroups(groups, 'kanban')[0]?.items.map(({ id }) => id)).toEqual(['board'])
})
