import type { RecordObject } from '../records/kinds.ts'

export type FieldObject = RecordObject

/** The objects that can have fields of the organization's own, in the order of the tabs: all that have screens. */
const tabs: Record<FieldObject, true> = {
  lead: true,
  contact: true,
  company: true,
  deal: true,
  product: true,
}
export const fieldObjects = Object.keys(tabs) as [FieldObject, ...FieldObject[]]
