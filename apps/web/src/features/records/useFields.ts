import {
  companyFields,
  contactFields,
  customPrefix,
  customRecordFields,
  dealFields,
  describeCustomField,
  leadFields,
  productFields,
  taskFields,
  type FieldDescription,
} from '@rapport/contracts'
import { useMemo } from 'react'
import { useCustomFields } from '../custom-fields/api.ts'
import type { StandardObject } from './kinds.ts'

export type Fields = ReadonlyMap<string, FieldDescription>

const byName = (fields: readonly FieldDescription[]): Fields =>
  new Map(fields.map((field) => [field.name, field]))

const known: Readonly<Record<StandardObject, Fields>> = {
  lead: byName(leadFields),
  contact: byName(contactFields),
  company: byName(companyFields),
  deal: byName(dealFields),
  product: byName(productFields),
  task: byName(taskFields),
}

/** The same of every object that an organization makes; all else is custom fields. */
const ofOwnObjects = byName(customRecordFields)

/** What an object's records hold, field by field: the standard ones, then those that the organization made. */
export function useFields(object: string): Fields {
  const own = useCustomFields(object)
  const standard = object in known ? known[object as StandardObject] : ofOwnObjects
  return useMemo(
    () => (own.length === 0 ? standard : new Map([...standard, ...byName(own.map(describeCustomField))])),
    [own, standard],
  )
}

/** The key under which a record holds such a value; undefined for a standard field. */
export const customKeyOf = (field: string): string | undefined =>
  field.startsWith(customPrefix) ? field.slice(customPrefix.length) : undefined
