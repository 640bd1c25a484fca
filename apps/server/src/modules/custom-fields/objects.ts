/** The objects whose records can have fields of the organization's own, as far as somebody sees them. */
import { customPrefix, maySee, type CustomField } from '@rapport/contracts'
import { scopeOf, type Actor } from '../../platform/actor.ts'
import type { RecordDescription } from '../../platform/lists/index.ts'
import { kindOf, recordKinds } from '../records/index.ts'
import { unknownObject } from './problems.ts'

export function requireObject(actor: Actor, object: string): RecordDescription {
  const kind = kindOf(object, actor)
  if (!kind) throw unknownObject(recordKinds(actor).map(({ records }) => records.object))
  return kind.records
}

/** Fields of a retired object are told to those who may bring it back. */
export const mayTell = (actor: Actor, { object, key }: CustomField): boolean =>
  maySee(actor.field_rules, object, customPrefix + key) &&
  (kindOf(object, actor) !== undefined || scopeOf(actor, 'custom_objects:manage') !== undefined)
