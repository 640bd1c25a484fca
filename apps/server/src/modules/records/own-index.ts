/** Rows of `custom_values`: a copy of the values of own fields of live records, for filters, orders and uniqueness. */
import { customPrefix } from '@rapport/contracts'
import { sql } from 'kysely'
import type { OwnField } from '../../platform/custom-fields.ts'
import { indexedLength } from '../../platform/lists/index.ts'
import { invalidField } from '../../platform/problems.ts'
import type { Ctx } from '../../platform/tenancy.ts'
import type { Custom } from './definition.ts'
import { ownFieldsOf } from './own-values.ts'

type Context = Pick<Ctx, 'tx' | 'actor'>
type Holder = { id: string; custom: Custom }
type IndexRow = {
  field_id: string
  record_id: string
  item: number
  number: number | null
  text: string | null
  is_unique: boolean
}

function rowsOf(own: readonly OwnField[], { id, custom }: Holder): IndexRow[] {
  return own.flatMap((field) => {
    const value = custom[field.key] ?? null
    if (value === null) return []
    return (Array.isArray(value) ? value : [value]).map((one, item) => ({
      field_id: field.id,
      record_id: id,
      item,
      number: typeof one === 'number' ? one : null,
      text: typeof one === 'number' ? null : Array.from(String(one)).slice(0, indexedLength).join(''),
      is_unique: field.unique,
    }))
  })
}

/** Of records that have no rows yet: new ones, or such as come back from the trash. */
export async function indexOwnValues(
  ctx: Context,
  object: string,
  holders: readonly Holder[],
): Promise<void> {
  const own = ownFieldsOf(ctx.actor, object)
  if (own.length === 0) return
  await insertRows(
    ctx,
    own,
    holders.flatMap((holder) => rowsOf(own, holder)),
  )
}

/** Of one field, whose rows were taken away before. */
export const indexOwnField = (ctx: Context, field: OwnField, holders: readonly Holder[]): Promise<void> =>
  insertRows(
    ctx,
    [field],
    holders.flatMap((holder) => rowsOf([field], holder)),
  )

/** Of live records whose values changed. @param changed the changed fields of each record, `custom.<key>`. */
export async function reindexOwnValues(
  ctx: Context,
  object: string,
  changed: readonly { holder: Holder; fields: readonly string[] }[],
): Promise<void> {
  const own = ownFieldsOf(ctx.actor, object)
  if (own.length === 0) return
  const touched = changed.map(({ holder, fields }) => ({
    holder,
    own: own.filter(({ key }) => fields.includes(customPrefix + key)),
  }))
  const pairs = touched.flatMap(({ holder, own: some }) =>
    some.map((field) => ({ record_id: holder.id, field_id: field.id })),
  )
  if (pairs.length === 0) return
  const deleted = sql`
    DELETE FROM custom_values v USING jsonb_to_recordset(${JSON.stringify(pairs)}::jsonb) AS p (record_id uuid, field_id uuid)
    WHERE v.organization_id = ${ctx.actor.organization_id}::uuid AND v.record_id = p.record_id AND v.field_id = p.field_id`.execute(
    ctx.tx,
  )
  const rows = touched.flatMap(({ holder, own: some }) => rowsOf(some, holder))
  await Promise.all([deleted, insertRows(ctx, own, rows)])
}

/** Values of unique fields that other records of the same batch are given. */
export type Taken = Set<string>

/** Refuses values that another record has; that two come at once is found when they are written. */
export async function requireUnique(
  ctx: Context,
  object: string,
  { id, custom }: Holder,
  taken: Taken = new Set(),
): Promise<void> {
  const own = ownFieldsOf(ctx.actor, object).filter(({ unique }) => unique)
  for (const row of rowsOf(own, { id, custom })) {
    const mark = JSON.stringify([row.field_id, row.number ?? row.text])
    const column = row.number === null ? sql.ref('v.text') : sql.ref('v.number')
    const { rows } = await sql`
      SELECT FROM custom_values v WHERE v.organization_id = ${ctx.actor.organization_id}::uuid
        AND v.field_id = ${row.field_id}::uuid AND v.is_unique AND v.record_id <> ${id}::uuid
        AND ${column} = ${row.number ?? row.text}::${sql.raw(row.number === null ? 'text' : 'float8')}`.execute(
      ctx.tx,
    )
    if (rows.length > 0 || taken.has(mark)) throw notUnique(own.find((field) => field.id === row.field_id))
    taken.add(mark)
  }
}

/** Of records that go into the trash or away for good. */
export async function forgetOwnValues({ tx, actor }: Context, ids: readonly string[]): Promise<void> {
  await sql`DELETE FROM custom_values
    WHERE organization_id = ${actor.organization_id}::uuid AND record_id = ANY(${ids}::uuid[])`.execute(tx)
}

async function insertRows(
  { tx, actor }: Context,
  own: readonly OwnField[],
  rows: readonly IndexRow[],
): Promise<void> {
  if (rows.length === 0) return
  const inserted = sql`
    INSERT INTO custom_values (organization_id, field_id, record_id, item, number, text, is_unique)
    SELECT ${actor.organization_id}::uuid, n.field_id, n.record_id, n.item, n.number, n.text, n.is_unique
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      AS n (field_id uuid, record_id uuid, item smallint, number float8, text text, is_unique boolean)`
  await inserted.execute(tx).catch((error: unknown) => {
    throw asNotUnique(error, own)
  })
}

/** Two came at once. Under row-level security the database does not tell which value it was. */
function asNotUnique(error: unknown, own: readonly OwnField[]): unknown {
  const { code, constraint } = error as { code?: string; constraint?: string }
  if (code !== '23505' || !constraint?.startsWith('custom_values_unique')) return error
  const unique = own.filter((field) => field.unique)
  return notUnique(unique.length === 1 ? unique[0] : undefined)
}

const notUnique = (field: OwnField | undefined) =>
  invalidField(
    field ? customPrefix + field.key : 'custom',
    'not_unique',
    'is held by another record, and no two may be alike',
  )
