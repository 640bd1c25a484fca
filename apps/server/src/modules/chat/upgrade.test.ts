/** What was said before messages had rows of words is found as what is said now. */
import type { Client } from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createUpgradedDatabase, type UpgradedDatabase } from '../../platform/testing/earlier.ts'
import { textQuery, textWords } from '../search/index.ts'

const idOf = (place: number) => `01900000-0000-7000-8000-${String(place).padStart(12, '0')}`
const [organization_id, user_id, channel_id] = [idOf(901), idOf(902), idOf(903)]
const texts = [
  'Reunião com o cliente — amanhã, às 9h!',
  '“Orçamento” p/ joão.silva@acme.com.br: R$1.200,50 (nº 7)… 👍🏽🎉',
  'Größe/Öl; 東京で会う。 Встреча? مرحبا، نعم',
  `${'longword'.repeat(12)} a|b e e`,
  '👍🏽 …',
  'x', // deleted below
]
/** As it was kept until then. */
const folded = (text: string) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()

let upgraded: UpgradedDatabase
beforeAll(async () => {
  upgraded = await createUpgradedDatabase('0045_one_reminder.sql', fillAsBefore)
})
afterAll(() => upgraded?.drop())

async function fillAsBefore(client: Client): Promise<void> {
  await client.query("INSERT INTO organizations (id, name, slug) VALUES ($1, 'Old', 'old')", [
    organization_id,
  ])
  await client.query(
    "INSERT INTO users (id, email, full_name, password_hash) VALUES ($1, 'old@example.com', 'Old', '')",
    [user_id],
  )
  await client.query("SELECT set_config('rapport.organization_id', $1, false)", [organization_id])
  await client.query(
    "INSERT INTO chat_channels (organization_id, id, kind, name) VALUES ($1, $2, 'public', 'Old')",
    [organization_id, channel_id],
  )
  for (const [place, text] of texts.entries())
    await client.query(
      `INSERT INTO chat_messages (organization_id, id, channel_id, seq, client_id, author_id, text, words, deleted_at)
       VALUES ($1, $2, $3, $4::int, $4::text, $5, $6::text, $7, CASE WHEN $6::text = '' THEN now() END)`,
      [
        organization_id,
        idOf(place),
        channel_id,
        place,
        user_id,
        ...(text === 'x' ? ['', ''] : [text, folded(text)]),
      ],
    )
}

async function rowsOf<Row extends object>(statement: string, values: unknown[] = []): Promise<Row[]> {
  await upgraded.client.query("SELECT set_config('rapport.organization_id', $1, false)", [organization_id])
  return (await upgraded.client.query<Row>(statement, values)).rows
}

test.each([0, 1, 2, 3, 4])('message %i has the words that it would have now', async (place) => {
  const now = textWords(texts[place] ?? '')
  const listed = await rowsOf<{ word: string; marks: string }>(
    'SELECT word, marks::text FROM chat_words WHERE message_id = $1',
    [idOf(place)],
  )
  expect(listed.map(({ word }) => word).toSorted()).toEqual(now.listed.toSorted())
  // Numbers may have bits of their own, which none but a query for numbers would miss.
  for (const { marks } of listed) expect(BigInt(marks) & BigInt(now.marks)).toBe(BigInt(now.marks))
  const [kept] = await rowsOf<{ words: string }>('SELECT words FROM chat_messages WHERE id = $1', [
    idOf(place),
  ])
  const parts = (words = '') => words.split('|').filter(Boolean).toSorted()
  expect(parts(kept?.words)).toEqual(parts(now.text))
})

test.each([
  ['cliente reuniao', [0]],
  ['orcamento 1.200,50', [1]],
  ['joao.silva@acme.com.br', [1]],
  ['grosse', []],
  ['große ol', [2]],
  ['東京', [2]],
  ['встреча', [2]],
  ['مرحبا نعم', [2]],
  ['longwordlong b', [3]],
  ['nobody', []],
])('finds by %s what was said', async (q, places) => {
  const { leads, tests, mask } = textQuery(q) ?? { leads: [], tests: [], mask: '0' }
  const found = await rowsOf<{ id: string }>(
    "SELECT chat_search($1, $2, NULL, NULL, $3, $4, $5, 'ffffffff-ffff-ffff-ffff-ffffffffffff', 10) AS id",
    [organization_id, user_id, leads, tests, mask],
  )
  expect(found.map(({ id }) => id)).toEqual(places.map(idOf))
})
