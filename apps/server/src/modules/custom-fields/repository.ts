/** SQL of the fields themselves. */
import type { CustomField } from '@rapport/contracts'
import { sql } from 'kysely'
import type { Ctx } from '../../platform/tenancy.ts'

type Context = Pick<Ctx, 'tx' | 'actor'>
export type FieldValues = Omit<CustomField, 'id' | 'version' | 'created_at' | 'updated_at'>

const columns = sql`id, object, key, label, help, type, options, to_object AS "to", formula, formula_type, required,
  is_unique AS "unique", default_value, position, retired_at, version, created_at, updated_at`

export const selectFields = (organization_id: string, object?: string) => sql<CustomField>`
  SELECT ${columns} FROM custom_fields WHERE organization_id = ${organization_id}::uuid
    ${object === undefined ? sql`` : sql`AND object = ${object}`} ORDER BY object, position, id`

export async function listFields({ tx, actor }: Context, object?: string): Promise<CustomField[]> {
  return (await selectFields(actor.organization_id, object).execute(tx)).rows
}

/** All fields of the object, locked: whoever changes one waits for whoever changes another. */
export async function lockFields({ tx, actor }: Context, object: string): Promise<CustomField[]> {
  await sql`SELECT pg_advisory_xact_lock(hashtextextended(${`custom_fields ${actor.organization_id} ${object}`}, 0))`.execute(
    tx,
  )
  return listFields({ tx, actor }, object)
}

export async function findField({ tx, actor }: Context, id: string): Promise<CustomField | undefined> {
  const { rows } = await sql<CustomField>`
    SELECT ${columns} FROM custom_fields
    WHERE organization_id = ${actor.organization_id}::uuid AND id = ${id}::uuid`.execute(tx)
  return rows[0]
}

const json = (value: unknown) => (value === null ? sql`NULL` : sql`${JSON.stringify(value)}::jsonb`)

export async function insertField({ tx, actor }: Context, id: string, field: FieldValues): Promise<void> {
  await sql`
    INSERT INTO custom_fields (organization_id, id, object, key, label, help, type, options, to_object, formula, formula_type,
      required, is_unique, default_value, position, created_by)
    VALUES (${actor.organization_id}::uuid, ${id}::uuid, ${field.object}, ${field.key}, ${field.label}, ${field.help}, ${field.type},
      ${json(field.options)}, ${field.to}, ${field.formula}, ${field.formula_type}, ${field.required}, ${field.unique},
      ${json(field.default_value)}, ${field.position}, ${actor.user_id}::uuid)`.execute(tx)
}

export async function updateField({ tx, actor }: Context, id: string, field: FieldValues): Promise<void> {
  await sql`
    UPDATE custom_fields SET label = ${field.label}, help = ${field.help}, type = ${field.type}, options = ${json(field.options)},
      to_object = ${field.to}, formula = ${field.formula}, formula_type = ${field.formula_type}, required = ${field.required},
      is_unique = ${field.unique}, default_value = ${json(field.default_value)}, retired_at = ${field.retired_at},
      version = version + 1, updated_at = now()
    WHERE organization_id = ${actor.organization_id}::uuid AND id = ${id}::uuid`.execute(tx)
}

/** Gives the fields the places in which they are named. */
export async function orderFields({ tx, actor }: Context, ids: readonly string[]): Promise<void> {
  await sql`
    UPDATE custom_fields c SET position = n.place - 1
    FROM unnest(${ids}::uuid[]) WITH ORDINALITY AS n (id, place)
    WHERE c.organization_id = ${actor.organization_id}::uuid AND c.id = n.id`.execute(tx)
}

export async function deleteField({ tx, actor }: Context, id: string): Promise<void> {
  await sql`DELETE FROM custom_fields WHERE organization_id = ${actor.organization_id}::uuid AND id = ${id}::uuid`.execute(
    tx,
  )
}

/** Of an object that goes, and has no record any more. */
export async function forgetFieldsOf({ tx, actor }: Context, object: string): Promise<void> {
  await sql`DELETE FROM custom_fields
    WHERE organization_id = ${actor.organization_id}::uuid AND object = ${object}`.execute(tx)
}

/** What the fields of other objects are called that lead to this one. */
export async function relationsTo({ tx, actor }: Context, object: string): Promise<string[]> {
  const { rows } = await sql<{ label: string }>`
    SELECT label FROM custom_fields WHERE organization_id = ${actor.organization_id}::uuid
      AND to_object = ${object} AND object <> ${object} ORDER BY object, position`.execute(tx)
  return rows.map(({ label }) => label)
}
