/** How a record is told to a caller: the same JSON whether PostgreSQL makes it or a row is at hand. */
import { moneyScale } from '@rapport/contracts'
import { sql, type RawBuilder } from 'kysely'
import { mayTouch, ownersInReach, type Actor } from '../actor.ts'
import { invalidField } from '../problems.ts'
import type { Included } from './relations.ts'
import { seenBy, type RecordDescription, type StoredField } from './description.ts'

const always = ['id', 'version']
const besideOf = ({ has_custom }: RecordDescription) => (has_custom ? ['custom', 'can'] : ['can'])

/** The fields that a caller asks for with `?fields=`, or undefined for all of them. */
export function parseFields(records: RecordDescription, text: string | undefined): string[] | undefined {
  if (text === undefined) return undefined
  const names = text.split(',').map((name) => name.trim())
  const unknown = names.find((name) => !records.fields.has(name) && !besideOf(records).includes(name))
  if (unknown !== undefined)
    throw invalidField('fields', 'unknown_field', `"${unknown.slice(0, 100)}" is not a field of this record`)
  return [...new Set([...always, ...names])]
}

/** Which fields are told, all of them unless named, and what beside them. */
export type Told = { names?: string[] | undefined; included?: Included[] }

/** A field whose values are gathered once for all records `r` of a page. */
type Gathered = {
  name: string
  /** For the WITH of the statement: there it is made once, however the planner joins. */
  rows: RawBuilder<unknown>
  join: RawBuilder<unknown>
  column: RawBuilder<unknown>
}

const toldNames = (records: RecordDescription, names: string[] | undefined) =>
  names ?? [...records.fields.keys(), ...besideOf(records)]

/** Of the fields that are told, those that can be gathered for the records `r` of these ids. */
export function gathered(
  described: RecordDescription,
  actor: Actor,
  { names }: Told,
  record_ids: RawBuilder<unknown>,
): Gathered[] {
  const records = seenBy(described, actor)
  return toldNames(records, names).flatMap((name) => {
    const rows = records.fields.get(name)?.rows?.gathered?.(actor, record_ids)
    if (!rows) return []
    const alias = sql.id(`${name}_of`)
    return [
      {
        name,
        rows: sql`${alias} AS MATERIALIZED (${rows})`,
        join: sql`LEFT JOIN ${alias} ON ${alias}.record_id = r.id`,
        column: sql`coalesce(${alias}.told, '[]'::json) AS ${sql.id(name)}`,
      },
    ]
  })
}

/** The select list of a record with the alias `r`; each column goes by its field's name. */
export function presentation(
  described: RecordDescription,
  actor: Actor,
  { names, included = [], joined = [] }: Told & { joined?: readonly Gathered[] } = {},
): RawBuilder<unknown> {
  const records = seenBy(described, actor)
  const parts = toldNames(records, names).map((name) => {
    const ready = joined.find((field) => field.name === name)
    if (ready) return ready.column
    if (name === 'can') return sql`${permitted(records, actor)} AS can`
    const field = records.fields.get(name)
    return field ? columnText(field) : sql`${customOf(records)} AS custom`
  })
  return sql.join([...parts, ...included.map(({ column }) => column)])
}

/** Without the values that are not told to this reader. */
function customOf({ untold }: RecordDescription): RawBuilder<unknown> {
  return untold.length === 0 ? sql`r.custom` : sql`r.custom - ${untold}::text[]`
}

function toldCustom({ untold }: RecordDescription, custom: unknown): unknown {
  if (untold.length === 0) return custom
  return Object.fromEntries(Object.entries(custom as object).filter(([key]) => !untold.includes(key)))
}

const columnTexts = new WeakMap<StoredField, RawBuilder<unknown>>()

function columnText(field: StoredField): RawBuilder<unknown> {
  let text = columnTexts.get(field)
  if (!text) {
    text = field.rows
      ? sql`${field.rows.told('r')} AS ${sql.ref(field.name)}`
      : sql.raw(`${columnJson(field)} AS ${field.name}`)
    columnTexts.set(field, text)
  }
  return text
}

/** Names come from the description, never from a caller. */
function columnJson({ type, column }: StoredField): string {
  // Below 10^15 a double holds ten-thousandths exactly, and prints the shortest decimal.
  if (type === 'money') return `r.${column}::float8 / ${moneyScale}`
  if (type === 'datetime') return `to_char(r.${column} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`
  return `r.${column}`
}

function permitted(records: RecordDescription, actor: Actor): RawBuilder<unknown> {
  const [update, remove] = [records.permissions.update, records.permissions.delete].map((permission) =>
    ownersInReach(actor, permission),
  ) as [Owners, Owners]
  // Chosen among ready texts: made anew, it would take a tenth of the time of a page.
  const told = (mayUpdate: boolean) =>
    sql`CASE WHEN ${reaches(remove)} THEN ${can(mayUpdate, true)} ELSE ${can(mayUpdate, false)} END`
  return sql`CASE WHEN ${reaches(update)} THEN ${told(true)} ELSE ${told(false)} END`
}

const can = (update: boolean, remove: boolean) =>
  sql`${sql.lit(JSON.stringify({ update, delete: remove }))}::json`

type Owners = ReturnType<typeof ownersInReach>

/** Whether the owner of the record `r` is among these. */
function reaches(owners: Owners): RawBuilder<boolean> {
  if (owners === 'all') return sql`true`
  if (owners.length === 0) return sql`false`
  return sql`coalesce(r.owner_id = ANY(${owners}::uuid[]), false)`
}

/** The JSON text of the record `r`, as a subquery. */
export function recordJson(records: RecordDescription, actor: Actor, told: Told = {}): RawBuilder<string> {
  return sql`(SELECT row_to_json(x)::text FROM (SELECT ${presentation(records, actor, told)}) x)`
}

export type RecordRow = { id: string; owner_id: string | null; custom: unknown } & Record<string, unknown>

/** The same from a row that a write answered. */
export function presentRow(
  described: RecordDescription,
  actor: Actor,
  row: RecordRow,
): Record<string, unknown> {
  const records = seenBy(described, actor)
  const told: Record<string, unknown> = {}
  for (const field of records.fields.values()) {
    const value = row[field.column] ?? null
    if (field.rows && value === null) throw new Error(`The row was read without its ${field.name}.`)
    told[field.name] = field.type === 'money' && value !== null ? Number(value) / moneyScale : value
  }
  return {
    ...told,
    ...(records.has_custom ? { custom: toldCustom(records, row.custom) } : {}),
    can: {
      update: mayTouch(actor, records.permissions.update, row.owner_id),
      delete: mayTouch(actor, records.permissions.delete, row.owner_id),
    },
  }
}
