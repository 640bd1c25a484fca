import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../platform/testing/index.ts'

/** Tables outside the tenant lock, each argued for in docs/decisions/0003-tenancy.md. */
const platformTables = [
  'account_tokens',
  'alarms',
  'api_keys',
  'audit_heads',
  'event_heads',
  'event_positions',
  'idempotency_keys',
  'identities',
  'invitations',
  'memberships',
  'migrations',
  'operator_settings',
  'organizations',
  'outgoing_mails',
  'passkeys',
  'push_devices',
  'push_keys',
  'recovery_codes',
  'second_factors',
  'sessions',
  'sign_in_steps',
  'users',
]

type Table = {
  name: string
  forced: boolean
  policies: string[]
  has_organization: boolean
  comment: string | null
}
type Key = { table_name: string; key_name: string; kind: string; target: string | null; columns: string[] }

let database: TestDatabase
let client: pg.Client
let tables: Table[]
let keys: Key[]

beforeAll(async () => {
  database = await createTestDatabase()
  client = new pg.Client({ connectionString: database.url })
  await client.connect()
  tables = (
    await client.query<Table>(`
      SELECT c.relname AS name, c.relrowsecurity AND c.relforcerowsecurity AS forced,
        ARRAY(SELECT pg_get_expr(p.polqual, c.oid) || ' / ' || pg_get_expr(p.polwithcheck, c.oid) FROM pg_policy p WHERE p.polrelid = c.oid) AS policies,
        EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attname = 'organization_id') AS has_organization,
        obj_description(c.oid) AS comment
      FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') ORDER BY 1`)
  ).rows
  keys = (
    await client.query<Key>(`
      SELECT c.conrelid::regclass::text AS table_name, c.conname AS key_name, c.contype AS kind,
        nullif(c.confrelid, 0)::regclass::text AS target,
        ARRAY(SELECT a.attname::text FROM pg_attribute a WHERE a.attrelid = c.conrelid AND a.attnum = ANY (c.conkey)) AS columns
      FROM pg_constraint c WHERE c.connamespace = 'public'::regnamespace AND c.contype IN ('p', 'u', 'f')`)
  ).rows
})
afterAll(async () => {
  await client?.end()
  await database?.drop()
})

const tenantTables = () => tables.filter((table) => !platformTables.includes(table.name))

describe('the catalogue', () => {
  test('has tenant tables at all', () => {
    expect(tenantTables().map((table) => table.name)).toContain('leads')
  })

  test('locks every table that is not on the short list with the one forced policy', () => {
    const expression = '(organization_id = ( SELECT current_organization() AS current_organization))'
    for (const table of tenantTables()) {
      expect(table, table.name).toMatchObject({ forced: true, has_organization: true })
      expect(table.policies, table.name).toEqual([`${expression} / ${expression}`])
    }
  })

  test('has the organization in every primary and unique key of a tenant table', () => {
    const names = tenantTables().map((table) => table.name)
    for (const name of names)
      expect(
        keys.filter((key) => key.table_name === name && key.kind === 'p'),
        name,
      ).toHaveLength(1)
    for (const key of keys.filter((k) => names.includes(k.table_name) && k.kind !== 'f'))
      expect(key.columns, key.key_name).toContain('organization_id')
  })

  test('has the organization in every reference from one tenant table to another', () => {
    const names = tenantTables().map((table) => table.name)
    const references = keys.filter(
      (key) => key.kind === 'f' && names.includes(key.table_name) && names.includes(key.target ?? ''),
    )
    expect(references.length).toBeGreaterThan(0)
    for (const key of references) expect(key.columns, key.key_name).toContain('organization_id')
  })

  test('explains every platform table', () => {
    for (const name of platformTables.filter((table) => table !== 'migrations'))
      expect(tables.find((table) => table.name === name)?.comment, name).toMatch(/^Platform: /)
  })

  test('has no view that could read past the lock', async () => {
    const { rows } = await client.query(
      "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('v', 'm')",
    )
    expect(rows).toEqual([])
  })

  test('is used by an ordinary role', async () => {
    const { rows } = await client.query(
      'SELECT rolsuper, rolbypassrls, rolcreaterole FROM pg_roles WHERE rolname = current_user',
    )
    expect(rows).toEqual([{ rolsuper: false, rolbypassrls: false, rolcreaterole: false }])
  })
})
