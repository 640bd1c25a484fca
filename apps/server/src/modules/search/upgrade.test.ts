/** An installation from before the words had rows of their own keeps its search. */
import type { Client } from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { ownerActor } from '../../platform/actor.ts'
import { queryBuilder } from '../../platform/kysely.ts'
import { createUpgradedDatabase, type UpgradedDatabase } from '../../platform/testing/earlier.ts'
import { matchClause } from './match.ts'

const organization_id = '01900000-0000-7000-8000-0000deadbeef'
const ids = ['01900000-0000-7000-8000-000000000001', '01900000-0000-7000-8000-000000000002']
const words = [
  [
    '=joao silva',
    '@joao.silva7@acme.com.br',
    'joao',
    'silva',
    'silva7',
    'acme',
    'com',
    'br',
    '5511912345678',
    '11912345678',
    '12345678',
  ],
  ['=joao souza', 'joao', 'souza', '54'],
]

let upgraded: UpgradedDatabase

beforeAll(async () => {
  upgraded = await createUpgradedDatabase('0001_foundation.sql', fillAsBefore)
})
afterAll(() => upgraded?.drop())

async function fillAsBefore(client: Client): Promise<void> {
  await client.query("INSERT INTO organizations (id, name, slug) VALUES ($1, 'Old', 'old')", [
    organization_id,
  ])
  for (const [place, id] of ids.entries())
    await client.query(
      `INSERT INTO search_documents (organization_id, object, record_id, title, words)
       VALUES ($1, 'lead', $2, 'Old', array_to_tsvector($3::text[]))`,
      [organization_id, id, words[place]?.map((word) => `deadbeef${word}`)],
    )
}

async function found(q: string): Promise<string[]> {
  const actor = ownerActor({ user_id: ids[0] ?? '', name: '', organization_id })
  const match = matchClause(actor, 'lead', 'leads:read', q)
  if (!match) return []
  const { client } = upgraded
  await client.query("SELECT set_config('rapport.organization_id', $1, false)", [organization_id])
  const [newest, all] = [match.newest(null, 10), match.all].map((select) => select.compile(queryBuilder))
  const rowsOf = async (query = newest) =>
    (await client.query<{ record_id: string }>(query?.sql ?? '', [...(query?.parameters ?? [])])).rows
  const ordered = (await rowsOf()).map((row) => row.record_id)
  expect((await rowsOf(all)).map((row) => row.record_id).toSorted()).toEqual(ordered.toSorted())
  return ordered
}

test.each([
  ['joao', [1, 0]],
  ['silva joao', [0]],
  ['joao sou', [1]],
  ['silva7', [0]],
  ['joao.silva7@acme.com.br', [0]],
  ['acme.com', [0]],
  ['+55 11 91234-5678', [0]],
  ['12345678', [0]],
  ['joao 54', [1]],
  ['j s', [1, 0]],
  ['nobody', []],
])('finds by %s what it found before', async (q, places) => {
  expect(await found(q)).toEqual(places.map((place) => ids[place]))
})
