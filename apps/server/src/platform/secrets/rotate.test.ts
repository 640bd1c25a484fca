import { randomUUID } from 'node:crypto'
import pg from 'pg'
import { pino } from 'pino'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { openDatabase, type Database } from '../database.ts'
import { createTenancy, type Tenancy } from '../tenancy.ts'
import { createTestDatabase, type TestDatabase } from '../testing/index.ts'
import { createSecrets, rotateSecrets, sealedColumn } from './index.ts'

const oldKey = 'an older secret of at least thirty-two characters'
const newKey = 'the current secret, of at least thirty-two characters'
const old = createSecrets([oldKey])
const both = createSecrets([newKey, oldKey])
const fresh = createSecrets([newKey])

/** Tables of the test's own: one of users, one under the tenant lock. */
const personal = sealedColumn({
  purpose: 'test personal',
  table: 'test_personal_secrets',
  column: 'value_sealed',
  owner: 'user_id',
  key: [],
})
const shared = sealedColumn({
  purpose: 'test shared',
  table: 'test_shared_secrets',
  column: 'value_sealed',
  owner: 'organization_id',
  key: ['account_id', 'name'],
})
const columns = [personal, shared]
const organizations = [randomUUID(), randomUUID(), randomUUID()]

let testDatabase: TestDatabase
let admin: pg.Client
let database: Database
let tenancy: Tenancy

beforeAll(async () => {
  testDatabase = await createTestDatabase()
  admin = new pg.Client({ connectionString: testDatabase.adminUrl })
  await admin.connect()
  await admin.query(`
    SET ROLE rapport;
    CREATE TABLE test_personal_secrets (user_id uuid PRIMARY KEY, value_sealed text);
    CREATE TABLE test_shared_secrets (organization_id uuid, account_id uuid, name text, value_sealed text,
      PRIMARY KEY (organization_id, account_id, name));
    SELECT protect('test_shared_secrets');
    RESET ROLE`)
  for (const id of organizations)
    await admin.query('INSERT INTO organizations (id, name, slug) VALUES ($1::uuid, $1::text, $1::text)', [
      id,
    ])
  database = openDatabase(testDatabase.url, pino({ level: 'silent' }), 4)
  tenancy = createTenancy(database, () => undefined)
})
afterAll(async () => {
  await database?.close()
  await admin?.end()
  await testDatabase?.drop()
})
beforeEach(() => admin.query('TRUNCATE test_personal_secrets, test_shared_secrets'))

async function fill(count: number): Promise<void> {
  for (let number = 0; number < count; number += 1) {
    const user_id = randomUUID()
    const row = { organization_id: organizations[number % 3] ?? '', account_id: randomUUID(), name: 'token' }
    await admin.query('INSERT INTO test_personal_secrets VALUES ($1, $2)', [
      user_id,
      old.seal(personal.place({ user_id }), `personal ${number}`),
    ])
    await admin.query('INSERT INTO test_shared_secrets VALUES ($1, $2, $3, $4)', [
      row.organization_id,
      row.account_id,
      row.name,
      old.seal(shared.place(row), `shared ${number}`),
    ])
  }
}

async function openAll(secrets = fresh): Promise<string[]> {
  const users = await admin.query<{ user_id: string; value_sealed: string }>(
    'SELECT * FROM test_personal_secrets',
  )
  const accounts = await admin.query<{
    organization_id: string
    account_id: string
    name: string
    value_sealed: string
  }>('SELECT * FROM test_shared_secrets')
  return [
    ...users.rows.map((row) => secrets.open(personal.place(row), row.value_sealed)),
    ...accounts.rows.map((row) => secrets.open(shared.place(row), row.value_sealed)),
  ].toSorted()
}

const rotate = (secrets = both) => rotateSecrets({ tenancy, secrets }, columns)
const counts = (rotations: Awaited<ReturnType<typeof rotate>>) =>
  rotations.map(({ resealed, current, unreadable }) => [resealed, current, unreadable.length])

describe('the rotation of secrets', () => {
  test('leaves every row of every table open to the new key alone', async () => {
    await fill(450) // more than two batches of users, and of each organization less than one
    const before = await openAll(old)
    expect(counts(await rotate())).toEqual([
      [450, 0, 0],
      [450, 0, 0],
    ])
    expect(await openAll(fresh)).toEqual(before)
    expect(before).toHaveLength(900)
  })

  test('continues where an earlier one was stopped, and a second one changes nothing', async () => {
    await fill(6)
    await rotateSecrets({ tenancy, secrets: both }, [personal])
    expect(counts(await rotate())).toEqual([
      [0, 6, 0],
      [6, 0, 0],
    ])
    const stored = async () => (await admin.query('SELECT * FROM test_shared_secrets ORDER BY 1, 2, 3')).rows
    const first = await stored()
    await rotate()
    expect(await stored()).toEqual(first)
  })

  test('never overwrites what a running server seals meanwhile', async () => {
    await fill(1)
    const { rows } = await admin.query<{ user_id: string }>('SELECT user_id FROM test_personal_secrets')
    const user_id = rows[0]?.user_id ?? ''
    await admin.query('BEGIN')
    const changed = old.seal(personal.place({ user_id }), 'changed meanwhile')
    await admin.query('UPDATE test_personal_secrets SET value_sealed = $1', [changed])
    const rotating = rotate()
    await admin.query('SELECT pg_sleep(0.2)')
    await admin.query('COMMIT')
    await rotating
    expect(await openAll(fresh)).toContain('changed meanwhile')
  })

  test('names the rows that it cannot open, leaves them alone and does the others', async () => {
    await fill(3)
    const { rows } = await admin.query<{ user_id: string }>('SELECT user_id FROM test_personal_secrets')
    const [victim, donor] = rows.map(({ user_id }) => user_id)
    await admin.query(
      'UPDATE test_personal_secrets SET value_sealed = (SELECT value_sealed FROM test_personal_secrets WHERE user_id = $2) WHERE user_id = $1',
      [victim, donor],
    )
    const rotations = await rotate()
    expect(counts(rotations)).toEqual([
      [2, 0, 1],
      [3, 0, 0],
    ])
    expect(rotations[0]?.unreadable[0]).toContain(victim)
    expect(await openAll(both).catch((error: Error) => error.message)).toContain('cannot be opened')
  })

  test('passes over rows without a value', async () => {
    await admin.query('INSERT INTO test_personal_secrets VALUES ($1, NULL)', [randomUUID()])
    expect(counts(await rotate())[0]).toEqual([0, 0, 0])
  })
})
