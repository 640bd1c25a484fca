import { describe, expect, it } from 'vitest'
import type { Column, Values } from './columns.ts'
import { alike, close, compareValues, different, same, unknown } from './compare.ts'
import { findDuplicates, type Found } from './find.ts'
import { sureFrom } from './judge.ts'
import { levelsOf } from './score.ts'
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

  it('knows a name with the last one first, and one that was cut elsewhere or in half', () => {
    const entries = aTown(600).filter(({ of }, place, all) => all[place - 1]?.of !== of)
    const ways = [
      (first: string, last: string) => `${last} ${first}`,
      (first: string, last: string) => `${first.slice(0, 2)} ${first.slice(2)} ${last}`,
      (first: string) => first,
    ]
    const again = entries
      .filter((_, place) => place % 5 === 0)
      .map(({ of, values: [name = null, , , street = null, city = null] }, place): Entry => {
        const [first = '', ...last] = (name ?? '').split(' ')
        return { of, values: [ways[place % 3]?.(first, last.join(' ')) ?? null, null, null, street, city] }
      })
    const all = [...entries, ...again]
    const { precision, recall } = figures(all, findDuplicates(tableOf(people, all)).pairs)
    expect(precision).toBeGreaterThan(0.97)
    expect(recall).toBeGreaterThan(0.95)
  })

  it.each([
    ['Ana Souza', 'Souza Ana', close, close],
    ['Ana de la Cruz', 'De la Cruz Ana', close, close],
    ['Abbey Milburn', 'Ab beymilburn', close, close],
    ['Gabriela Aparecida Mendes Souza', 'Gabriela Souza', same, close],
    ['Patrícia H. Fernandes', 'Patrícia Helena Fernandes', same, close],
    ['João Costa Silva', 'João Costa', same, alike],
    ['João Silva', 'João Silva Filho', same, alike],
    ['Ana Costa Lima', 'Ana Souza Dias', same, different],
    ['Dr. Ana Lima', 'Ana Lima', same, same],
    ['Prof. Dra. Ana Lima', 'Ms Ana Lima', same, same],
    ['Ana', 'Ana Souza', close, unknown],
    ['Souza', 'Ana Souza', unknown, same],
    ['Bruno Ana', 'Ana Souza', close, different],
    ['Ana Souza', 'Bruno Souza', different, same],
    ['Ana Souza', 'Bruno Costa', different, different],
  ])('compares %s and %s by their first and last names', (one, other, first, last) => {
    const table = tableOf(people.slice(0, 1), [
      { of: 1, values: [one] },
      { of: 2, values: [other] },
    ])
    expect([...levelsOf(table, 0, 1)]).toEqual([first, last])
    expect([...levelsOf(table, 1, 0)]).toEqual([first, last])
  })

  it.each([
    ['ana.lima@acme.com', 'analima+crm@acme.com', same],
    ['ana.lima@acme.com', 'ana.lina@acme.com', close],
    ['ana.lima@acme.com', 'ana.lima@acne.com', close],
    ['ana.lima@acme.com', 'ana.lima@mail.com', alike],
    ['ana.lima1@acme.com', 'ana.lima72@acme.com', alike],
    ['ana.lima@acme.com', 'ana.souza@acme.com', different],
    ['contato@acme.com', 'contato@globex.com', different],
    ['al@acme.com', 'al@globex.com', different],
  ])('compares %s and %s', (one, other, level) => {
    const table = tableOf(people.slice(1, 2), [
      { of: 1, values: [one] },
      { of: 2, values: [other] },
    ])
    expect([...levelsOf(table, 0, 1)]).toEqual([level])
  })

  it.each([
    ['Nova Engenharia', 'NOVA ENGENHARIA LTDA. ME', close],
    ['Acme Trading', 'Acme Trading Co., Inc.', close],
    ['Silva S/A', 'Silva', close],
    ['Solar 1', 'Solar 2', different],
  ])('compares the companies %s and %s', (one, other, level) => {
    const table = tableOf(
      companies.slice(0, 1),
      [one, other].map((name) => ({ of: 1, values: [name] })),
    )
    expect([...levelsOf(table, 0, 1)]).toEqual([level])
  })

  it.each([
    ['https://www.acme.com/about', 'acme.com', same],
    ['acme.com', 'acme.com.br', close],
    ['acmeplus.com', 'acmeplas.com', alike],
    ['acme1.com', 'acme2.com', different],
  ])('compares the web addresses %s and %s', (one, other, level) => {
    const site: Column = { name: 'website', kind: 'web', is_name: false }
    const table = tableOf(
      [site],
      [one, other].map((value) => ({ of: 1, values: [value] })),
    )
    expect([...levelsOf(table, 0, 1)]).toEqual([level])
  })

  it('is not sure of colleagues of one first name, though their addresses begin alike', () => {
    const random = seeded(31)
    const pick = (list: readonly string[]) => list[Math.floor(random() * list.length)] ?? ''
    const columns: Column[] = [...people, { name: 'company', kind: 'words', is_name: true }]
    const entries = Array.from({ length: 300 }).flatMap((_, group) => {
      const [first, company, city] = [pick(firsts), `${pick(streets)} ${pick(lasts)} ${group}`, pick(streets)]
      return [0, 1].map((at): Entry => {
        const [middle, last] = [pick(lasts), lasts[(group + at * 7) % lasts.length] ?? '']
        const email = `${first}.${last}${Math.floor(random() * 90)}@company${group}.com`
        const values = [
          `${first} ${middle} ${last}`,
          email,
          `+55119${Math.floor(random() * 1e8)}`,
          null,
          city,
          company,
        ]
        return { of: group * 2 + at, values }
      })
    })
    const { pairs } = findDuplicates(tableOf(columns, entries))
    expect(pairs.filter(({ score }) => score >= sureFrom)).toEqual([])
  })

  it('proposes two records with one address of which one has hardly a name', () => {
    const entries = aTown(300).filter(({ of }, place, all) => all[place - 1]?.of !== of)
    const again = entries
      .filter((_, place) => place % 10 === 0)
      .map(({ of, values: [name = null, email = null] }): Entry => ({
        of,
        values: [name?.split(' ')[0] ?? null, email, null, null, null],
      }))
    const all = [...entries, ...again]
    const { precision, recall } = figures(all, findDuplicates(tableOf(people, all)).pairs)
    expect(precision).toBe(1)
    expect(recall).toBe(1)
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

  it('does not take companies of one place for the same, however much of the place is told', () => {
    const random = seeded(9)
    const pick = (list: readonly string[]) => list[Math.floor(random() * list.length)] ?? ''
    const columns: Column[] = [
      { name: 'name', kind: 'words', is_name: true },
      { name: 'country', kind: 'words', is_name: false },
      { name: 'city', kind: 'words', is_name: false },
      { name: 'postcode', kind: 'code', is_name: false },
    ]
    const entries = Array.from({ length: 900 }).flatMap((_, of): Entry[] => {
      const town = Math.floor(random() * 120)
      const country = town < 80 ? 'es' : `country${town % 10}x`
      const place = [country, `${pick(streets)}ton ${town}a`, `${10_000 + town * 37}`]
      const values = [`${pick(lasts)} ${pick(streets)} ${pick(firsts)}`, ...place]
      const once = { of, values }
      return of % 30 === 0 ? [once, { of, values: smudge(values, random) }] : [once]
    })
    const { pairs } = findDuplicates(tableOf(columns, entries))
    const { precision, recall } = figures(entries, pairs)
    expect(precision).toBeGreaterThan(0.75)
    expect(recall).toBeGreaterThan(0.5)
  })

  it('keeps numbered companies apart, and the houses of a street', () => {
    const entries = Array.from({ length: 300 }, (_, of): Entry => {
      const [chain, number] = [Math.floor(of / 10), of % 10]
      const name = `${lasts[chain % 26]} ${streets[chain % 12]} ${['solar', 'eolica'][chain % 2]} ${number + 1} sl`
      return { of, values: [name, `town${chain % 7}a`, `state ${chain % 3}`, null] }
    })
    const { pairs } = findDuplicates(tableOf(companies, entries))
    expect(pairs).toEqual([])
    const houses = tableOf(companies.slice(0, 2), [
      { of: 1, values: ['Mill House', '2820 North Leavitt Street'] },
      { of: 2, values: ['Mill House', '2905 North Leavitt Street'] },
      { of: 1, values: ['Mill House', '2820 North Leavitt St'] },
    ])
    const street = houses.columns[1]
    expect(street && compareValues(street, 1, 2)).toBe(different)
    expect(street && compareValues(street, 1, 3)).toBeLessThan(different)
  })

  it('is not sure of colleagues, who share employer, street, town and switchboard', () => {
    const random = seeded(13)
    const pick = (list: readonly string[]) => list[Math.floor(random() * list.length)] ?? ''
    const columns = [
      { name: 'company', kind: 'words', is_name: true } as const,
      ...people.filter(({ kind }) => kind !== 'email'),
    ]
    const entries = Array.from({ length: 300 }).flatMap((_, employer) => {
      const company = `${pick(lasts)} ${pick(streets)} ${employer}`
      const shared = [
        `+55119${Math.floor(random() * 1e8)}`,
        `${employer} ${pick(streets)} ${pick(streets)}`,
        'Burg',
      ]
      return [0, 1, 2].map((member): Entry => {
        const name = `${pick(firsts)} ${lasts[(employer + member * 7) % lasts.length]}`
        return { of: employer * 3 + member, values: [company, name, ...shared] }
      })
    })
    const named = (place: number) => entries[place]?.values[1]?.split(' ') ?? []
    const apart = findDuplicates(tableOf(columns, entries)).pairs.filter(
      ({ a, b }) => !named(a).some((word) => named(b).includes(word)),
    )
    expect(apart.filter(({ score }) => score >= sureFrom)).toEqual([])
  })

  it('is not sure of relatives, who share last name, house and telephone, but is of the same with slips', () => {
    const entries = aTown(600).filter(({ of }, place, all) => all[place - 1]?.of !== of)
    const relatives = entries.slice(0, 60).map(({ of, values }, place): Entry => {
      const [name = '', , ...shared] = values
      const first = firsts[(firsts.indexOf(name?.split(' ')[0] ?? '') + 7) % firsts.length] ?? ''
      return {
        of: 10_000 + of,
        values: [name?.replace(/^\w+/, first) ?? null, `${place}@home.org`, ...shared],
      }
    })
    const again = entries.slice(60, 120).map(({ of, values }): Entry => {
      const [name = '', ...others] = values
      return { of, values: [name?.replace(/(.)$/, '$1$1') ?? null, ...others] }
    })
    const all = [...entries, ...relatives, ...again]
    const sure = findDuplicates(tableOf(people, all)).pairs.filter(({ score }) => score >= sureFrom)
    const { precision, recall } = figures(all, sure)
    expect(precision).toBeGreaterThan(0.9)
    expect(recall).toBeGreaterThan(0.9)
  })

  it('proposes two companies of a name that no other has, and is sure of none by it', () => {
    const random = seeded(17)
    const pick = (list: readonly string[]) => list[Math.floor(random() * list.length)] ?? ''
    const entries = Array.from({ length: 600 }).flatMap((_, of): Entry[] => {
      const values = [`${pick(lasts)} ${pick(firsts)} ${pick(streets)} ${pick(lasts)}`]
      const chain = of % 100 === 0 ? 8 : of % 10 === 0 ? 2 : 1
      return Array.from({ length: chain }, (__, branch) => ({
        of: chain === 8 ? of + branch / 10 : of,
        values,
      }))
    })
    const { pairs } = findDuplicates(tableOf(companies.slice(0, 1), entries))
    const { precision, recall } = figures(entries, pairs)
    expect(precision).toBeGreaterThan(0.8)
    expect(recall).toBeGreaterThan(0.9)
    expect(pairs.filter(({ score }) => score >= sureFrom)).toEqual([])
  })

  it('is not sure of companies of a group, whose names are no more than alike', () => {
    const random = seeded(19)
    const pick = (list: readonly string[]) => list[Math.floor(random() * list.length)] ?? ''
    const entries = Array.from({ length: 200 }).flatMap((_, group) => {
      const [name, phone] = [
        `${pick(lasts)}${group} ${pick(lasts)}`,
        `+44${Math.floor(1e9 + random() * 8e9)}`,
      ]
      return ['logistics', 'holding', 'energy'].map((what, at): Entry => ({
        of: group * 3 + at,
        values: [`${name} ${what}`, `town${group}a`, `state ${group % 9}`, phone],
      }))
    })
    const { pairs } = findDuplicates(tableOf(companies, entries))
    expect(pairs.filter(({ score }) => score >= sureFrom)).toEqual([])
  })

  it('takes nothing for going together that does so in those who were entered twice', () => {
    const random = seeded(23)
    const entries = aTown(600).filter(({ of }, place, all) => all[place - 1]?.of !== of)
    // Of each third there is another record with the same number and, mostly, hardly anything else.
    const twice = entries.filter((_, place) => place % 3 === 0)
    const again = twice.map(({ of, values }): Entry => {
      const left = values.map((value, at) =>
        at === 2 || random() < 0.6 ? value : at === 0 ? value : `other ${of}`,
      )
      return { of, values: left }
    })
    const columns: Column[] = [...people, { name: 'tax_number', kind: 'code', is_name: false }]
    const all = [...entries, ...again].map(({ of, values }) => ({
      of,
      values: [...values, `${7_000_000 + of * 7919}`],
    }))
    const { model, pairs } = findDuplicates(tableOf(columns, all))
    const number = model.columns.length - 1
    expect(model.columns.filter(({ together }) => together[number])).toEqual([])
    expect(figures(all, pairs).recall).toBeGreaterThan(0.99)
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
