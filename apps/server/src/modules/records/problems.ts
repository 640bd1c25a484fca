import type { Actor } from '../../platform/actor.ts'
import { presentRow, type RecordDescription, type RecordRow } from '../../platform/lists/index.ts'
import type { Before, CodeOf } from '../../platform/problem-catalogue.ts'
import { conflict, forbidden, invalidField, notFound } from '../../platform/problems.ts'

/** A kind whose module describes what is told of it: `<family>_in_trash` and `<family>_not_found`. */
export type RecordObject = Before<CodeOf<409>, '_in_trash'>

type Of = Pick<RecordDescription<RecordObject>, 'object' | 'family'>

export const recordNotFound = ({ family }: Of, id: string) => notFound(family, id)

export const recordInTrash = ({ object, family }: Of) =>
  conflict(`${family}_in_trash`, `The ${object} is in the trash. Restore it before you change it.`)

export const notYours = (object: string) =>
  forbidden('not_yours', `Your role lets you do this only to records of this kind (${object}) that you own.`)

export const staleRecord = (object: string, current: unknown, conflicts: string[]) =>
  conflict('version_conflict', `The ${object} was changed since the version that you read.`, {
    current,
    conflicts,
  })

export const ownerNotMember = () =>
  invalidField('owner_id', 'not_a_member', 'must be an active member of this organization')

export const unknownRelated = (field: string, object: string) =>
  invalidField(field, 'unknown_record', `must be a ${object} that you can read and that is not in the trash`)

export const tooManyDecimals = (field: string) =>
  invalidField(field, 'too_precise', 'has more decimals than the currency')
export const tooManyCustom = () => invalidField('custom', 'too_many', 'must not have more than 200 values')

export const changedSince = (records: RecordDescription, actor: Actor, row: RecordRow, fields: string[]) =>
  conflict('changed_since', `The ${records.object} was changed since, so this is not taken back.`, {
    current: presentRow(records, actor, row),
    conflicts: fields,
  })
