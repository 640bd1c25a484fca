import {
  companyFields,
  contactFields,
  customPrefix,
  dealFields,
  describeCustomField,
  leadFields,
  productFields,
  type FieldDescription,
} from '@rapport/contracts'
import { useMemo } from 'react'
import { useCustomFields } from '../custom-fields/api.ts'
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

/** What an object's records hold, field by field: the standard ones, then those that the organization made. */
export function useFields(object: RecordObject): Fields {
  const own = useCustomFields(object)
  return useMemo(
    () =>
      own.length === 0 ? known[object] : new Map([...known[object], ...byName(own.map(describeCustomField))]),
    [own, object],
  )
}

/** The key under which a record holds such a value; undefined for a standard field. */
export const customKeyOf = (field: string): string | undefined =>
  field.startsWith(customPrefix) ? field.slice(customPrefix.length) : undefined
