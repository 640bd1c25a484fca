import {
  companyFields,
  contactFields,
  dealFields,
  leadFields,
  productFields,
  type FieldDescription,
} from '@rapport/contracts'
import type { RecordObject } from './kinds.ts'

export type Fields = ReadonlyMap<string, FieldDescription>

const byName = (fields: readonly FieldDescription[]): Fields =>
  new Map(fields.map((field) => [field.name, field]))

const known: Record<RecordObject, Fields> = {
  lead: byName(leadFields),
  contact: byName(contactFields),
  company: byName(companyFields),
  deal: byName(dealFields),
  product: byName(productFields),
}

/** What an object's records hold, field by field. */
export const useFields = (object: RecordObject): Fields => known[object]
