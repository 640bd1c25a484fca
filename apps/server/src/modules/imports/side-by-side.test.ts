import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, beforeAll, beforeEach, describe, expect, it, test } from 'vitest'
import { createTestApp, type Caller, type TestApp } from '../../testing/app.ts'
import { mostRows, twoAtOnce } from './batches.ts'
import { allLeads, bringIn } from './imports.fixture.ts'

async function* numbers(count: number): AsyncGenerator<number, void, void> {
  for (let one = 0; one < count; one += 1) yield one
}

describe('two at once', () => {
  test('are never three, begin in their order and know what came of the one before', async () => {
    const running = new Set<number>()
    const begun: number[] = []
    const told: string[] = []
    let most = 0
    const ended = await twoAtOnce(numbers(9), async (item, before) => {
      begun.push(item)
      running.add(item)
      most = Math.max(most, running.size)
      await pause(item % 2 === 0 ? 8 : 1)
      told.push(`${item} after ${String(await before)}`)
      running.delete(item)
      return true
    })
    expect({ ended, most }).toEqual({ ended: true, most: 2 })
    expect(begun).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8])
    expect(told).toEqual(begun.map((item) => `${item} after true`))
  })

  test('end with the first that goes no further, and with the first that fails, when nothing is under way', async () => {
    let running = 0
    const begun: number[] = []
    const work = (end: 'stop' | 'fail') => async (item: number, before: Promise<boolean>) => {
      begun.push(item)
      running += 1
      try {
        await pause(2)
        if (!(await before)) return false
        if (item === 2 && end === 'fail') throw new Error('broken')
        return item !== 2
      } finally {
        running -= 1
      }
    }
    expect(await twoAtOnce(numbers(9), work('stop'))).toBe(false)
    expect({ begun: begun.splice(0), running }).toEqual({ begun: [0, 1, 2, 3], running: 0 })
    await expect(twoAtOnce(numbers(9), work('fail'))).rejects.toThrow('broken')
    expect({ begun, running }).toEqual({ begun: [0, 1, 2, 3], running: 0 })
  })
})

describe('an import of several batches comes out as if they had followed each other', () => {
  let house: TestApp
  let owner: Caller

  beforeAll(async () => {
    house = await createTestApp()
  })
  afterAll(() => house.stop())
  beforeEach(async () => {
    owner = await house.register()
  })

  /** Rows with an id, and then such as mean one of them by the e-mail alone. */
  const file = (city: (row: number) => string) =>
    [
      'name,external_id,email,city',
      ...Array.from({ length: mostRows }, (_, row) => `Person ${row},E${row},p${row}@example.com,Rio`),
      ...Array.from(
        { length: 2 * mostRows },
        (_, row) => `Person ${row % mostRows},,p${row % mostRows}@example.com,${city(row)}`,
      ),
    ].join('\n')

  it('skips who came in the batch before under another sign', async () => {
    const ended = await bringIn(
      owner,
      file(() => 'Recife'),
      { duplicate_policy: 'skip' },
    )
    expect(ended).toMatchObject({ state: 'completed', created: mostRows, skipped: 2 * mostRows, failed: 0 })
    expect(new Set((await allLeads(owner)).map(({ city }) => city))).toEqual(new Set(['Rio']))
  })

  it('keeps of many values for one record the last', async () => {
    const ended = await bringIn(
      owner,
      file((row) => (row < mostRows ? 'Recife' : 'Natal')),
      {
        duplicate_policy: 'overwrite',
      },
    )
    expect(ended).toMatchObject({ state: 'completed', created: mostRows, updated: 2 * mostRows, failed: 0 })
    const leads = await allLeads(owner)
    expect(leads).toHaveLength(mostRows)
    expect(new Set(leads.map(({ city, version }) => `${city} ${version}`))).toEqual(new Set(['Natal 3']))
  })

  it('makes the same tag once', async () => {
    const rows = Array.from({ length: 4 * mostRows }, (_, row) => `Person ${row},tag ${row % 7}`)
    const ended = await bringIn(owner, `name,tags\n${rows.join('\n')}`, {
      mapping: { name: 'full_name', tags: 'tags' },
    })
    expect(ended).toMatchObject({ state: 'completed', created: 4 * mostRows, failed: 0 })
    const { body } = await owner.call<{ items: { name: string }[] }>('GET', '/crm/tags')
    expect(body.items.map(({ name }) => name).toSorted()).toEqual(
      [0, 1, 2, 3, 4, 5, 6].map((one) => `tag ${one}`),
    )
  })
})
