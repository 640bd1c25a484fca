/**
 * The objects and fields that an organization made for itself, as every actor carries them. They are remembered together with
 * what the actor may do, so no list or write has to ask for them, and forgotten when one of them changes.
 */
import type { CustomFieldType, CustomValue, FieldOption, FormulaResult } from '@rapport/contracts'

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
