/** SQL of any record's own table. Names come from the definition, never from a caller. */
import { sql } from 'kysely'
import { belongsClause, type RecordDescription } from '../../platform/lists/index.ts'
import type { Ctx } from '../../platform/tenancy.ts'
import { textArray } from '../../platform/text-array.ts'
import type { BaseRow, RecordDefinition } from './definition.ts'

type Context = Pick<Ctx, 'tx' | 'actor'>
type Insert = Record<string, unknown>

/** Whether its records belong to somebody: a description without an owner is of what the whole organization shares. */
export const isOwned = <Row extends BaseRow>({ records }: RecordDefinition<Row>): boolean =>
  records.fields.has('owner_id')

/** All columns of the record with that alias; what belongs to nobody has an empty owner. */
const columnsOf = <Row extends BaseRow>(definition: RecordDefinition<Row>, alias: string) =>
  sql.raw(isOwned(definition) ? `${alias}.*` : `${alias}.*, NULL::uuid AS owner_id`)

const listed = (names: readonly string[]) => sql.join(names.map((name) => sql.ref(name)))

/** The types of a table's columns, by name. */
type ColumnTypes = ReadonlyMap<string, string>
const knownTypes = new Map<string, ColumnTypes>()

/** As the database tells them; asked once. */
export async function columnTypes(
  tx: Context['tx'],
  { table }: Pick<RecordDescription, 'table'>,
): Promise<ColumnTypes> {
  const known = knownTypes.get(table)
  if (known) return known
  const { rows } = await sql<{ name: string; type: string }>`
    SELECT attname AS name, format_type(atttypid, NULL) AS type FROM pg_attribute
    WHERE attrelid = ${table}::regclass AND attnum > 0 AND NOT attisdropped`.execute(tx)
  const types = new Map(rows.map(({ name, type }) => [name, type]))
  knownTypes.set(table, types)
  return types
}

/** The values of one column, as text from which PostgreSQL reads its type. */
const columnOf = (rows: readonly Insert[], name: string, type: string): string =>
  textArray(rows.map((row) => asText(row[name], type)))

function asText(value: unknown, type: string): string | null {
  if (value === null || value === undefined) return null
  if (type === 'jsonb') return JSON.stringify(value)
  if (Array.isArray(value)) return textArray(value.map(String))
  return value instanceof Date ? value.toISOString() : String(value)
}

type Inserting = { unread: boolean; types: ColumnTypes }

/** One statement for any number of records. Where they are `unread`, they are answered as they were given. */
export async function insertRows<Row extends BaseRow>(
  { tx, actor }: Context,
  definition: RecordDefinition<Row>,
  rows: (Insert & { id: string })[],
  { unread, types }: Inserting,
): Promise<Row[]> {
  const { records, kept } = definition
  const owner = isOwned(definition) ? ['owner_id'] : []
  const writable = [...records.fields.values()].flatMap((field) =>
    field.writable && !field.rows ? [field.column] : [],
  )
  const names = [...new Set(['id', ...writable, ...kept, ...owner, 'custom', 'created_by'])]
  const columns = names.map((name) => ({ name, type: types.get(name) ?? 'text' }))
  const { organization_id } = actor
  const inserted = await sql<Row>`
    INSERT INTO ${sql.table(records.table)} AS r (organization_id, ${listed(names)})
    SELECT ${organization_id}::uuid, ${sql.join(columns.map(({ name, type }) => sql`n.${sql.ref(name)}::${sql.raw(type)}`))}
    FROM unnest(${sql.join(columns.map(({ name, type }) => sql`${columnOf(rows, name, type)}::text[]`))}) n (${listed(names)})
    ${unread ? sql`` : sql`RETURNING ${columnsOf(definition, 'r')}`}`.execute(tx)
  if (!unread) return inserted.rows
  return rows.map((row) => ({ ...row, organization_id, version: 1, deleted_at: null }) as unknown as Row)
}

/**
 * The record with its row locked until the end of the transaction, wherever it is. Its key stays, so others may
 * meanwhile begin to lead to it.
 */
export async function lockRow<Row extends BaseRow>(
  ctx: Context,
  definition: RecordDefinition<Row>,
  id: string,
): Promise<Row | undefined> {
  return (await lockRows(ctx, definition, [id])).get(id.toLowerCase())
}

/** The record as it is, wherever it is, for what changes nothing. */
export async function readRow<Row extends BaseRow>(
  { tx, actor }: Context,
  { records }: RecordDefinition<Row>,
  id: string,
): Promise<Row | undefined> {
  const [{ rows }, kept] = await Promise.all([
    sql<Row>`
      SELECT r.* FROM ${sql.table(records.table)} r
      WHERE ${belongsClause(records, actor)} AND r.id = ${id}::uuid`.execute(tx),
    readKeptRows({ tx, actor }, records, [id]),
  ])
  const [row] = rows
  return row && { ...row, ...kept.get(row.id) }
}

/** Any number of them by id, locked in the order of their ids, so that two who lock many never wait in a ring. */
export async function lockRows<Row extends BaseRow>(
  { tx, actor }: Context,
  definition: RecordDefinition<Row>,
  ids: readonly string[],
): Promise<Map<string, Row>> {
  const { records } = definition
  const [{ rows }, kept] = await Promise.all([
    sql<Row>`
      SELECT ${columnsOf(definition, 'r')} FROM ${sql.table(records.table)} r
      WHERE ${belongsClause(records, actor)} AND r.id = ANY(${ids}::uuid[])
      ORDER BY r.id FOR NO KEY UPDATE`.execute(tx),
    readKeptRows({ tx, actor }, records, ids),
  ])
  return new Map(rows.map((row) => [row.id, { ...row, ...kept.get(row.id) }]))
}

/**
 * What records have in rows of other tables, by id. Asked by a statement after the one that locks them, so that
 * nothing is missed that was written while the lock was waited for.
 */
export async function readKeptRows(
  { tx, actor }: Context,
  records: RecordDescription,
  ids: readonly string[],
): Promise<Map<string, Record<string, unknown>>> {
  if (keptRows(records).length === 0) return new Map()
  const { rows } = await sql<{ id: string } & Record<string, unknown>>`
    SELECT ${sql.join([sql`r.id`, ...toldRows(records, 'r')])}
    FROM (SELECT ${actor.organization_id}::uuid AS organization_id, n AS id FROM unnest(${ids}::uuid[]) n) r`.execute(
    tx,
  )
  return new Map(rows.map((row) => [row.id, row]))
}

const keptRows = (records: RecordDescription) =>
  [...records.fields.values()].flatMap(({ column, rows }) => (rows ? [{ column, rows }] : []))
const toldRows = (records: RecordDescription, alias: string) =>
  keptRows(records).map(({ column, rows }) => sql`${rows.told(alias)} AS ${sql.ref(column)}`)

/** All of the record `r` as it was written. */
const toldColumns = <Row extends BaseRow>(definition: RecordDefinition<Row>) =>
  sql.join([columnsOf(definition, 'r'), ...toldRows(definition.records, 'r')])

/** Writes the columns, if any, counts the version up and answers the new row. `'now'` in a time column is the database's time. */
export async function updateRow<Row extends BaseRow>(
  { tx, actor }: Context,
  definition: RecordDefinition<Row>,
  id: string,
  update: Record<string, unknown>,
): Promise<Row> {
  const assignments = Object.entries(update).map(([column, value]) => {
    if (value === 'now' && column.endsWith('_at')) return sql`${sql.ref(column)} = now()`
    return sql`${sql.ref(column)} = ${column === 'custom' ? sql`${JSON.stringify(value)}::jsonb` : value}`
  })
  const { rows } = await sql<Row>`
    UPDATE ${sql.table(definition.records.table)} r SET ${sql.join([...assignments, sql`version = version + 1`, sql`updated_at = now()`])}
    WHERE ${belongsClause(definition.records, actor)} AND r.id = ${id}::uuid
    RETURNING ${toldColumns(definition)}`.execute(tx)
  const [row] = rows
  if (!row) throw new Error(`The locked ${definition.records.object} ${id} is gone.`)
  return row
}

/** New values of these columns for any number of records, with one statement; answers the new rows by id. */
export async function updateRows<Row extends BaseRow>(
  { tx, actor }: Context,
  definition: RecordDefinition<Row>,
  columns: readonly string[],
  updates: readonly ({ id: string } & Record<string, unknown>)[],
): Promise<Map<string, Row>> {
  const assignments = [
    ...columns.map((column) => sql`${sql.ref(column)} = ${sql.ref(`n.${column}`)}`),
    sql`version = r.version + 1`,
    sql`updated_at = now()`,
  ]
  const table = sql.table(definition.records.table)
  const { rows } = await sql<Row>`
    UPDATE ${table} r SET ${sql.join(assignments)}
    FROM jsonb_populate_recordset(NULL::${table}, ${JSON.stringify(updates)}::jsonb) n
    WHERE ${belongsClause(definition.records, actor)} AND r.id = n.id
    RETURNING ${toldColumns(definition)}`.execute(tx)
  return new Map(rows.map((row) => [row.id, row]))
}

/** Fields that changed after that version, as the activities tell. */
export async function changedSince(
  { tx, actor }: Context,
  object: string,
  id: string,
  version: number,
): Promise<string[]> {
  const { rows } = await sql<{ field: string }>`
    SELECT DISTINCT jsonb_object_keys(a.data->'changes') AS field FROM activities a
    WHERE a.organization_id = ${actor.organization_id}::uuid AND a.object = ${object} AND a.record_id = ${id}::uuid
      AND a.type IN ('updated', 'stage_changed') AND (a.data->>'version')::int > ${version}`.execute(tx)
  return rows.map((row) => row.field)
}
