/** Whichever way the database takes to the records, it finds the same as a plain look at all of them. */
import type { CompiledQuery } from 'kysely'
import { v7 as uuidv7 } from 'uuid'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ownerActor, type Actor } from '../../platform/actor.ts'
import { queryBuilder } from '../../platform/kysely.ts'
import type { Match } from '../../platform/lists/index.ts'
import { createTestApp, type TestApp } from '../../testing/app.ts'
import { indexNewRecords, indexRecords, type SearchDocument } from './documents.ts'
import { matchClause } from './match.ts'

let app: TestApp
let actor: Actor
let documents: SearchDocument[]
const count = 6000
const colleague = uuidv7()

/** Families of words: two, nine and eighty that begin alike, and one in every record. */
function titleOf(place: number): string {
  const rare = place % 500 === 7 ? 'Quixote ' : ''
  return `${rare}Common Duo${'ab'[place % 2]} Few${place % 9} Many${place % 80} Solo${place % 3 === 0 ? '' : 'x'}`
}

beforeAll(async () => {
  app = await createTestApp()
  const { user, organization } = (await app.register()).session
  actor = ownerActor({ user_id: user.id, name: user.full_name, organization_id: organization.id })
  documents = Array.from({ length: count }, (_, place) => ({
    object: 'lead',
    id: uuidv7(),
    owner_id: place % 11 === 0 ? colleague : user.id,
    title: titleOf(place),
    subtitle: null,
    texts: [`Ref ${place}`],
    emails: [],
    phones: [`+3366${String(1_000_000 + place)}`],
    country: 'FR',
  }))
  for (let from = 0; from < count; from += 1000)
    await app.app.platform.tenancy.inTenant(actor, (ctx) =>
      indexNewRecords(ctx, documents.slice(from, from + 1000)),
    )
})
afterAll(() => app?.stop())

const read = async (query: CompiledQuery<unknown>, as = actor) =>
  (await app.app.platform.tenancy.readTenant(as, query as CompiledQuery<{ record_id: string }>)).map(
    (row) => row.record_id,
  )

function expected(q: string, as: Actor): string[] {
  const words = q.toLowerCase().split(' ')
  return documents
    .filter(({ title, texts, owner_id, phones }) => {
      const own = `${title} ${texts.join(' ')} ${phones[0]?.slice(3)}`.toLowerCase().split(' ')
      const mine = as.grants['leads:read'] === 'all' || owner_id === as.user_id
      return mine && words.every((word) => own.some((other) => other.startsWith(word)))
    })
    .map((document) => document.id)
    .toReversed()
}

const queries = [
  'common',
  'c',
  'duo',
  'duoa',
  'few',
  'few3',
  'many',
  'many7',
  'm',
  'solo',
  'quixote',
  'nobody',
  '661000',
  'common solox',
  'duoa few3',
  'few many7',
  'many few',
  'many m',
  'c q',
  'quixote few',
  'duob quixote common',
  'ref 12',
  'ref 5999',
  'common nobody',
  'many 12',
]

function matchOf(q: string, as: Actor): Match {
  const match = matchClause(as, 'lead', 'leads:read', q)
  if (!match) throw new Error('There is nothing to ask for.')
  return match
}

describe.each([
  ['of everyone', (): Actor => actor],
  ['of a colleague only', (): Actor => ({ ...actor, user_id: colleague, grants: { 'leads:read': 'own' } })],
])('among the records %s', (_, as) => {
  test.each(queries)('%s finds what a look at all records finds, the newest first', async (q) => {
    const match = matchOf(q, as())
    const all = expected(q, as())
    expect(await read(match.newest(null, 51).compile(queryBuilder))).toEqual(all.slice(0, 51))
    const before = documents[2500]?.id ?? null
    expect(await read(match.newest(before, 51).compile(queryBuilder))).toEqual(
      all.filter((id) => id < (before ?? '')).slice(0, 51),
    )
    expect((await read(match.all.compile(queryBuilder))).toSorted()).toEqual(all.toSorted())
  })
})

test('a record that is renewed is found by its new words, and no longer by its old ones', async () => {
  const [first] = documents as [SearchDocument]
  await app.app.platform.tenancy.inTenant(actor, (ctx) => indexRecords(ctx, [{ ...first, title: 'Renewed' }]))
  const find = (q: string) => read(matchOf(q, actor).all.compile(queryBuilder))
  expect(await find('renewed')).toEqual([first.id])
  expect(await find('common renewed')).toEqual([])
  expect(await find('common')).toHaveLength(count - 1)
  await app.app.platform.tenancy.inTenant(actor, (ctx) => indexRecords(ctx, [first]))
  expect(await find('common')).toHaveLength(count)
})
