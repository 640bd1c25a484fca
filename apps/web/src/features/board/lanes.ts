/** Lanes of a board: the cards that have one value of a field in common, in a row of their own. */
import type { FieldDescription, Filter } from '@rapport/contracts'
import type { Values } from '../records/conflict.ts'
import type { ListedRecord } from '../records/stores.ts'
import { customKeyOf } from '../records/useFields.ts'

/** Null is the lane of those without a value. */
export type Lane = { field: string; value: string | null }

/** By what a board can be parted: few values, one of which a card has, and which a drag may set. */
export const makesLanes = ({ type, filterable, writable }: FieldDescription): boolean =>
  filterable && writable && (type === 'select' || type === 'user')

export function isInLane(card: ListedRecord, { field, value }: Lane): boolean {
  const key = customKeyOf(field)
  const own = key === undefined ? card[field] : card.custom[key]
  return (own === undefined || own === null ? null : String(own)) === value
}

export const conditionOf = ({ field, value }: Lane): Filter =>
  value === null ? { field, op: 'is_empty' } : { field, op: 'eq', value }

/** What a card gets that is dropped there. */
export const valuesOf = ({ field, value }: Lane): Values => ({ [field]: value })

/** The card as it is in that lane. */
export function withLane(card: ListedRecord, { field, value }: Lane): ListedRecord {
  const key = customKeyOf(field)
  return key === undefined
    ? { ...card, [field]: value }
    : { ...card, custom: { ...card.custom, [key]: value } }
}
