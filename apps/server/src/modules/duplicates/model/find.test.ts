import { describe, expect, it } from 'vitest'
import type { Column, Values } from './columns.ts'
import { findDuplicates, type Found } from './find.ts'
import { sureFrom } from './judge.ts'
import { seeded } from './seeded.ts'
import { Table } from './table.ts'

const firsts =
  'ana bruno carla diego elisa fabio gabi heitor ines joao karen luis marta nuno olga paulo rita saulo tania vitor'.split(
    ' ',
  )
const lasts =
  'silva souza costa santos oliveira pereira lima gomes ribeiro martins carvalho almeida lopes soares fernandes vieira barbosa rocha dias nunes mendes freitas cardoso ramos teixeira moreira'.split(
    ' ',
  )
const streets = 'palm river church station market school garden mill bridge castle harbour forest'.split(' ')
const people: Column[] = [
  { name: 'full_name', kind: 'person', is_name: true },
  { name: 'email', kind: 'email', is_name: false },
  { name: 'phone', kind: 'phone', is_name: false },
  { name: 'street', kind: 'words', is_name: false },
  { name: 'city', kind: 'words', is_name: false },
]
const companies: Column[] = [
  { name: 'name', kind: 'words', is_name: true },
  { name: 'city', kind: 'words', is_name: false },
  { name: 'state', kind: 'words', is_name: false },
  { name: 'phone', kind: 'phone', is_name: false },
]

type Entry = { of: number; values: (string | null)[] }

function tableOf(columns: readonly Column[], entries: readonly Entry[]): Table {
  const table = new Table(columns)
  for (const [place, { values }] of entries.entries()) table.add(String(place), values as Values)
  return table
}

function figures(entries: readonly Entry[], pairs: readonly Found[]) {
  const right = pairs.filter(({ a, b }) => entries[a]?.of === entries[b]?.of).length
  const sizes = new Map<number, number>()
  for (const { of } of entries) sizes.set(of, (sizes.get(of) ?? 0) + 1)
  const all = [...sizes.values()].reduce((sum, size) => sum + (size * (size - 1)) / 2, 0)
  return { precision: right / pairs.length, recall: right / all }
}

/** Some typed a letter wrong, left a field empty, or moved. */
function smudge(values: readonly (string | null)[], random: () => number): (string | null)[] {
  return values.map((value, place) => {
    if (value === null || random() < 0.6) return value
    if (place > 0 && random() < 0.3) return null
    const at = 1 + Math.floor(random() * (value.length - 2))
    return (
      value.slice(0, at) +
      value.slice(at + 1, at + 2).toUpperCase() +
      value.slice(at, at + 1) +
      value.slice(at + 2)
    )
  })
}

function aTown(size: number): Entry[] {
  const random = seeded(3)
  const pick = (list: readonly string[]) => list[Math.floor(random() * list.length)] ?? ''
  return Array.from({ length: size }).flatMap((_, of) => {
    const [first, last] = [pick(firsts), `${pick(lasts)} ${pick(lasts)}`]
    const values = [
      `${first} ${last}`,
      `${first}.${last.replace(' ', '')}${Math.floor(random() * 90)}@${pick(['mail', 'post', 'web'])}.com`,
      `+55119${Math.floor(random() * 1e8)}`,
      `${Math.floor(random() * 300)} ${pick(streets)} ${pick(streets)}`,
      pick(streets) + pick(['ville', 'burg', 'field']),
    ]
    const once = { of, values }
    return random() < 0.2 ? [once, { of, values: smudge(values, random) }] : [once]
  })
}

describe('the finder', () => {
  it('finds people who were entered twice with slips and gaps, and nobody else', () => {
    const entries = aTown(1_200)
    const { pairs } = findDuplicates(tableOf(people, entries))
    const { precision, recall } = figures(entries, pairs)
    expect(precision).toBeGreaterThan(0.99)
    expect(recall).toBeGreaterThan(0.97)
  })

  it('is never sure of people by their name alone', () => {
    const entries = aTown(1_200)
    const table = tableOf(
      people.slice(0, 1),
      entries.map(({ of, values }) => ({ of, values: values.slice(0, 1) })),
    )
    const { pairs } = findDuplicates(table)
    expect(pairs.length).toBeGreaterThan(0)
    expect(pairs.filter(({ score }) => score >= sureFrom)).toEqual([])
  })

  it('does not take branches of one name in many towns for one company', () => {
    const random = seeded(5)
    const pick = (list: readonly string[]) => list[Math.floor(random() * list.length)] ?? ''
    const entries = Array.from({ length: 250 }).flatMap((_, chain) => {
      const name = `${pick(lasts)} ${pick(streets)} ${pick(firsts)} ${chain}`
      return Array.from({ length: 4 }, (__, branch): Entry => {
        const town = Math.floor(random() * 60)
        const phone = `+44${Math.floor(1e9 + random() * 8e9)}`
        return { of: chain * 4 + branch, values: [name, `town${town}a`, `state ${town % 9}`, phone] }
      })
    })
    const { pairs } = findDuplicates(tableOf(companies, entries))
    expect(pairs.length).toBeLessThan(entries.length * 0.01)
  })

  it('finds a lead that was entered twice among three', () => {
    const entries: Entry[] = [
      { of: 1, values: ['Ada Lovelace', 'ada@example.com', null, null, 'London'] },
      { of: 1, values: ['Ada Lovelase', 'ada@example.com', '+442079460000', null, null] },
      { of: 2, values: ['Charles Babbage', 'cb@example.com', null, null, 'London'] },
    ]
    const { pairs } = findDuplicates(tableOf(people, entries))
    expect(pairs.map(({ a, b }) => [a, b])).toEqual([[0, 1]])
    expect(pairs[0]?.reasons[0]).toMatchObject({ name: 'email', agreement: 'same' })
  })

  it('believes less in what people said is no duplicate', () => {
    const entries = aTown(400)
    const table = () => tableOf(people, entries)
    const before = findDuplicates(table())
    const decisions = before.pairs.slice(0, 40).map(({ a, b }) => ({ a, b, same: false }))
    const after = findDuplicates(table(), decisions)
    const mean = (pairs: readonly Found[]) =>
      pairs.reduce((sum, { reasons }) => sum + (reasons[0]?.weight ?? 0), 0) / pairs.length
    expect(mean(after.pairs)).toBeLessThan(mean(before.pairs))
  })
})
