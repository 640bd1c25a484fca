/**
 * Everything one organization keeps: each tenant table as JSON lines, read in one snapshot through a cursor,
 * so memory does not grow with the organization. Row-level security is what limits it to the organization:
 * the tables are asked of the catalogue, so a new one is part of it by itself.
 */
import { Readable } from 'node:stream'
import { sql } from 'kysely'
import type { Ctx } from '../../platform/tenancy.ts'
import type { Counts } from './erase-person.ts'

const rowsAtOnce = 2_000
/** What opens doors or is of use to this installation alone. */
const secretColumn = /(_hash|_hashes|_sealed|^secret|^file_key|^salt)$/

type Table = { name: string; columns: string[] }

async function tenantTables({ tx }: Pick<Ctx, 'tx'>): Promise<Table[]> {
  const { rows } = await sql<Table>`
    SELECT c.relname AS name, array_agg(a.attname::text ORDER BY a.attnum) AS columns
    FROM pg_policy p JOIN pg_class c ON c.oid = p.polrelid
    JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
    WHERE p.polname = 'tenant' AND c.relnamespace = current_schema()::regnamespace
    GROUP BY c.relname ORDER BY c.relname`.execute(tx)
  return rows.map(({ name, columns }) => ({
    name,
    columns: columns.filter((column) => !secretColumn.test(column)),
  }))
}

export type ExportedTable = { name: string; content: Readable }

/** The transaction must stay open until the last table has been read; `counts` fills as they are. */
export async function openTables(ctx: Ctx): Promise<{ tables: ExportedTable[]; counts: Counts }> {
  const counts: Counts = {}
  const tables = (await tenantTables(ctx)).map((table) => ({
    name: table.name,
    content: Readable.from(linesOf(ctx, table, counts)),
  }))
  return { tables, counts }
}

async function* linesOf(
  { tx, actor }: Ctx,
  { name, columns }: Table,
  counts: Counts,
): AsyncGenerator<string, void, void> {
  counts[name] = 0
  await sql`
    DECLARE exported NO SCROLL CURSOR FOR
    SELECT row_to_json(t)::text AS line FROM (
      SELECT ${sql.join(columns.map((column) => sql.ref(column)))} FROM ${sql.table(name)}
      WHERE organization_id = ${sql.lit(actor.organization_id)}) t`.execute(tx)
  for (;;) {
    const { rows } = await sql<{ line: string }>`FETCH ${sql.lit(rowsAtOnce)} FROM exported`.execute(tx)
    if (rows.length > 0) yield rows.map(({ line }) => `${line}\n`).join('')
    counts[name] += rows.length
    if (rows.length < rowsAtOnce) break
  }
  await sql`CLOSE exported`.execute(tx)
}

/** The people of the organization and the organization itself: they are kept outside the tenant tables. */
export async function describeOrganization({ tx, actor }: Ctx): Promise<object> {
  const { organization_id } = actor
  const [organization, members] = await Promise.all([
    tx
      .selectFrom('organizations')
      .select(['id', 'name', 'slug', 'currency', 'country', 'created_at'])
      .where('id', '=', organization_id)
      .executeTakeFirstOrThrow(),
    tx
      .selectFrom('memberships')
      .innerJoin('users', 'users.id', 'memberships.user_id')
      .select(['users.id', 'users.full_name', 'users.email', 'memberships.role'])
      .select(['memberships.created_at as joined_at', 'memberships.deactivated_at'])
      .where('memberships.organization_id', '=', organization_id)
      .orderBy('memberships.created_at')
      .execute(),
  ])
  return { organization, members }
}
