import { describe, expect, it } from 'vitest'
import { alike, close, different, same } from './compare.ts'
import { levelsOf } from './score.ts'
import { Table } from './table.ts'

function levelOf(is_name: boolean, one: string, other: string): number | undefined {
  const table = new Table([{ name: 'text', kind: 'words', is_name }])
  table.add('1', [one])
  table.add('2', [other])
  return levelsOf(table, 0, 1)[0]
}

it('tells telephones of one switchboard apart by their extensions', () => {
  const level = (one: string, other: string) => {
    const table = new Table([{ name: 'phone', kind: 'phone', is_name: false }])
    table.add('1', [[one]])
    table.add('2', [[other]])
    return levelsOf(table, 0, 1)[0]
  }
  expect(level('+14155552671 ext. 34', '+14155552671 ext. 35')).toBe(different)
  expect(level('+14155552671 ext. 34', '415 555 2671')).toBe(same)
  expect(level('+14155552671 ext. 34', '415 555 2672')).toBe(close)
})

describe('companies', () => {
  it.each([
    ['numbered apart', 'Mall Store 3 Ltda', 'Mall Store 4 Ltda', different],
    [
      'apart by one number of several',
      'Solar 5 Oaxaca 1 SAPI de CV',
      'Solar 5 Oaxaca 2 SAPI de CV',
      different,
    ],
    [
      'apart, whatever letters their forms have',
      'Solar 1 S.A.P.I. de C.V.',
      'Solar 2 S.A.P.I. de C.V.',
      different,
    ],
    ['maybe the same, one without its number', 'Solar Bonete 8 SL', 'Solar Bonete SL', alike],
    ['the same, their form with points', 'Rede Eletrica S.A.', 'Rede Eletrica SA', close],
    ['the same, their form in full', 'Castle Parts Pty Limited', 'Castle Parts Pty Ltd', close],
    ['the same, with a part of their form', 'Castle Parts S.L.', 'Castle Parts SLU', close],
    ['maybe the same, in two forms', 'Neurtek SA', 'Neurtek SL', alike],
    ['others of a group', 'Sun Invest Iberia Trinta SL', 'Sun Invest Iberia Setenta SL', different],
    ['maybe the same, cut short', 'Castle Bridge Construction Ltd', 'Castle Bridge Constr', alike],
  ])('are %s', (_, one, other, level) => {
    expect(levelOf(true, one, other)).toBe(level)
    expect(levelOf(true, other, one)).toBe(level)
  })
})

describe('towns', () => {
  it.each([
    ['of which one is told with more', 'Las Palmas', 'Las Palmas de Gran Canaria', alike],
    ['of one island', 'Porto de Gran Canaria', 'Las Palmas de Gran Canaria', different],
  ])('%s', (_, one, other, level) => {
    expect(levelOf(false, one, other)).toBe(level)
    expect(levelOf(false, other, one)).toBe(level)
  })
})
