/** Values of records in the trash, which earlier versions left in the index of own fields, are gone from it. */
import type { Client } from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createUpgradedDatabase, type UpgradedDatabase } from '../../platform/testing/earlier.ts'

const idOf = (place: number) => `01900000-0000-7000-8000-${String(place).padStart(12, '0')}`
const [organization_id, field_id, live, trashed] = [idOf(1), idOf(2), idOf(3), idOf(4)]

let upgraded: UpgradedDatabase
beforeAll(async () => {
  upgraded = await createUpgradedDatabase('0046_chat_words.sql', fillAsBefore)
})
afterAll(() => upgraded?.drop())

async function fillAsBefore(client: Client): Promise<void> {
  await client.query("INSERT INTO organizations (id, name, slug) VALUES ($1, 'Old', 'old')", [
    organization_id,
  ])
  await client.query("SELECT set_config('rapport.organization_id', $1, false)", [organization_id])
  await client.query(
    "INSERT INTO custom_fields (organization_id, id, object, key, label, type, position) VALUES ($1, $2, 'company', 'size', 'Size', 'number', 0)",
    [organization_id, field_id],
  )
  await client.query(
    `INSERT INTO companies (organization_id, id, name, currency, custom, deleted_at)
     VALUES ($1, $2, 'Live', 'EUR', '{"size": 7}', NULL), ($1, $3, 'Trashed', 'EUR', '{"size": 7}', now())`,
    [organization_id, live, trashed],
  )
  for (const id of [live, trashed])
    await client.query(
      'INSERT INTO custom_values (organization_id, field_id, record_id, item, number, is_unique) VALUES ($1, $2, $3, 0, 7, false)',
      [organization_id, field_id, id],
    )
}

test('what lives is found as before, and what is in the trash is not', async () => {
  await upgraded.client.query("SELECT set_config('rapport.organization_id', $1, false)", [organization_id])
  const { rows } = await upgraded.client.query<{ record_id: string }>('SELECT record_id FROM custom_values')
  expect(rows).toEqual([{ record_id: live }])
})
