/**
 * Brings what records hold under the key of a field into the form of the field, and their rows of the index with
 * it. All of it or nothing: the transaction is given up when a value does not fit.
 */
import type { CustomValue } from '@rapport/contracts'
import { sql, type RawBuilder } from 'kysely'
import type { OwnField } from '../../platform/custom-fields.ts'
import { belongsClause, recordsOf } from '../../platform/lists/index.ts'
import type { Ctx } from '../../platform/tenancy.ts'
import { indexOwnField, Unfit } from '../records/index.ts'
import { valuesNotUnique, type Example } from './problems.ts'

type Context = Pick<Ctx, 'tx' | 'actor'>
type Held = { id: string; title: string; deleted: boolean; value: CustomValue; row: Record<string, unknown> }
type Convert = (value: CustomValue, row: Record<string, unknown>) => CustomValue

const atOnce = 2_000
const examples = 5

/** @param every whether records without a value are read, too, as a formula needs it. */
export async function rewriteValues(
  ctx: Context,
  object: string,
  field: OwnField,
  { convert, every = false }: { convert: Convert; every?: boolean },
): Promise<{ unfit: number; examples: Example[]; written: number }> {
  const found: Example[] = []
  let [unfit, written] = [0, 0]
  await forgetRows(ctx, field)
  for (let after: string | null = null; ;) {
    const held = await readHeld(ctx, object, { key: field.key, every, after })
    const converted = held.flatMap(({ id, title, deleted, value, row }) => {
      try {
        return [{ id, deleted, before: value, value: convert(value, row) }]
      } catch (cause) {
        if (!(cause instanceof Unfit)) throw cause
        unfit += 1
        if (found.length < examples) found.push({ title, value })
        return []
      }
    })
    if (unfit === 0) {
      const changed = converted.filter(
        ({ before, value }) => JSON.stringify(before) !== JSON.stringify(value),
      )
      await writeValues(ctx, object, field.key, changed)
      const live = converted.filter(({ deleted }) => !deleted)
      await indexOwnField(
        ctx,
        field,
        live.map(({ id, value }) => ({ id, custom: { [field.key]: value } })),
      )
      written += changed.length
    }
    const last = held.at(-1)
    if (!last || held.length < atOnce) return { unfit, examples: found, written }
    after = last.id
  }
}

type Reading = { key: string; every: boolean; after: string | null }

async function readHeld(
  { tx, actor }: Context,
  object: string,
  { key, every, after }: Reading,
): Promise<Held[]> {
  const records = recordsOf(object)
  const { rows } = await sql<Held>`
    SELECT r.id, ${sql.ref(`r.${records.title}`)} AS title, r.deleted_at IS NOT NULL AS deleted, r.custom->${key}::text AS value,
      ${every ? sql`to_jsonb(r)` : sql`'{}'::jsonb`} AS row
    FROM ${sql.table(records.table)} r
    WHERE ${belongsClause(records, actor)} ${every ? sql`` : sql`AND r.custom ? ${key}::text`}
      ${after === null ? sql`` : sql`AND r.id > ${after}::uuid`}
    ORDER BY r.id LIMIT ${atOnce} FOR NO KEY UPDATE`.execute(tx)
  return rows
}

async function writeValues(
  { tx, actor }: Context,
  object: string,
  key: string,
  values: readonly { id: string; value: CustomValue }[],
): Promise<void> {
  if (values.length === 0) return
  const records = recordsOf(object)
  await sql`
    UPDATE ${sql.table(records.table)} r
    SET custom = CASE WHEN n.value IS NULL OR n.value = 'null' THEN r.custom - ${key}::text
      ELSE r.custom || jsonb_build_object(${key}::text, n.value) END
    FROM jsonb_to_recordset(${JSON.stringify(values)}::jsonb) AS n (id uuid, value jsonb)
    WHERE ${belongsClause(records, actor)} AND r.id = n.id`.execute(tx)
}

export async function forgetRows({ tx, actor }: Context, { id }: Pick<OwnField, 'id'>): Promise<void> {
  await sql`DELETE FROM custom_values
    WHERE organization_id = ${actor.organization_id}::uuid AND field_id = ${id}::uuid`.execute(tx)
}

/** Marks the rows of a field as unique or not; refuses values that more than one record has. */
export async function setUnique(ctx: Context, field: OwnField, unique: boolean): Promise<void> {
  const { tx, actor } = ctx
  const own: RawBuilder<unknown> = sql`organization_id = ${actor.organization_id}::uuid AND field_id = ${field.id}::uuid`
  if (unique) {
    const { rows } = await sql<{ value: string }>`
      SELECT coalesce(text, number::text) AS value FROM custom_values WHERE ${own}
      GROUP BY text, number HAVING count(*) > 1 ORDER BY count(*) DESC LIMIT ${examples}`.execute(tx)
    if (rows.length > 0) throw valuesNotUnique(rows.map(({ value }) => value))
  }
  await sql`UPDATE custom_values SET is_unique = ${unique} WHERE ${own} AND is_unique <> ${unique}`.execute(
    tx,
  )
}

/** How many records have a value, the trashed ones too. */
export async function countHolders({ tx, actor }: Context, object: string, key: string): Promise<number> {
  const records = recordsOf(object)
  const { rows } = await sql<{ holders: number }>`
    SELECT count(*)::int AS holders FROM ${sql.table(records.table)} r
    WHERE ${belongsClause(records, actor)} AND r.custom ? ${key}::text`.execute(tx)
  return rows[0]?.holders ?? 0
}
