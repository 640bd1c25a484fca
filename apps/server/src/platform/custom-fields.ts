/**
 * The objects and fields that an organization made for itself, as every actor carries them. They are remembered together with
 * what the actor may do, so no list or write has to ask for them, and forgotten when one of them changes.
 */
import type { CustomFieldType, CustomValue, FieldOption, FormulaResult } from '@rapport/contracts'
import { sql } from 'kysely'

export type OwnField = {
  id: string
  key: string
  label: string
  type: CustomFieldType
  options: readonly FieldOption[]
  to: string | null
  formula: string | null
  formula_type: FormulaResult | null
  required: boolean
  unique: boolean
  default_value: CustomValue
  /** Its values are kept, but not told. */
  retired: boolean
}

/** The JSON text of an organization's fields, as an expression; it has to run bound to the organization. */
export const ownFieldsText = (organization_id: string) => sql<string>`(
  SELECT coalesce(json_object_agg(f.object, f.fields ORDER BY f.object), '{}')::text FROM (
    SELECT c.object, json_agg(json_build_object('id', c.id, 'key', c.key, 'label', c.label, 'type', c.type, 'options', c.options,
        'to', c.to_object, 'formula', c.formula, 'formula_type', c.formula_type, 'required', c.required, 'unique', c.is_unique,
        'default_value', c.default_value, 'retired', c.retired_at IS NOT NULL) ORDER BY c.position, c.id) AS fields
    FROM custom_fields c WHERE c.organization_id = ${organization_id}::uuid GROUP BY c.object
  ) f)`

/** By object, in the order of their position. */
export type OwnFields = Readonly<Record<string, readonly OwnField[]>>

export const noFields: OwnFields = {}

const known = new Map<string, { text: string; fields: OwnFields }>()
const remembered = 20_000

/** One copy for all members of an organization, the same as long as nothing changed. */
export function readOwnFields(organization_id: string, text: string): OwnFields {
  const held = known.get(organization_id)
  if (held?.text === text) return held.fields
  const fields = JSON.parse(text) as OwnFields
  if (known.size >= remembered) known.clear()
  known.set(organization_id, { text, fields })
  return fields
}

/** The keys of an organization's own objects that somebody sees, in their order. */
export type OwnObjects = ReadonlySet<string>

export const noObjects: OwnObjects = new Set()
