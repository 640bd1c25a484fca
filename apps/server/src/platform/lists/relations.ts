/**
 * One hop from a record to another one of some object: `company_id` leads to a company. What the caller may not
 * read, and what is in the trash, is as if it were not there.
 */
import { relationName } from '@rapport/contracts'
import { sql, type RawBuilder } from 'kysely'
import { scopeOf, type Actor } from '../actor.ts'
import { invalidField } from '../problems.ts'
import { recordsOf, type RecordDescription, type StoredField } from './description.ts'
import { visibleClause } from './visible.ts'

export type Relation = { name: string; field: StoredField; target: RecordDescription }

export function relationsOf(records: RecordDescription): Relation[] {
  return [...records.fields.values()].flatMap((field) =>
    field.to === undefined ? [] : [{ name: relationName(field.name), field, target: recordsOf(field.to) }],
  )
}

/** FROM and WHERE of the records that the relation may lead this actor to; they go by the alias `t`. */
export function reachableClause({ target }: Pick<Relation, 'target'>, actor: Actor): RawBuilder<unknown> {
  return sql`FROM ${sql.table(target.table)} t
    WHERE t.organization_id = ${actor.organization_id}::uuid AND t.deleted_at IS NULL ${visibleClause(target, actor, 't')}`
}

/** What the related record of `r` is called, or null. */
export function relatedTitle(relation: Relation, actor: Actor): RawBuilder<string | null> {
  return sql<string | null>`(SELECT ${titleColumn(relation)} ${relatedClause(relation, actor)})`
}

const titleColumn = ({ target }: Relation) => sql.ref(`t.${target.title}`)
const relatedClause = (relation: Relation, actor: Actor) =>
  sql`${reachableClause(relation, actor)} AND t.id = ${sql.ref(`r.${relation.field.column}`)}`

/** The column that tells the related record of `r`. */
export function relatedColumn(relation: Relation, actor: Actor): RawBuilder<unknown> {
  return sql`(SELECT json_build_object('id', t.id, 'name', ${titleColumn(relation)})
    ${relatedClause(relation, actor)}) AS ${sql.ref(relation.name)}`
}

/** The relations that a caller asks for with `?include=`. */
export function parseIncludes(records: RecordDescription, text: string | undefined): Relation[] {
  if (text === undefined) return []
  const known = relationsOf(records)
  return [...new Set(text.split(',').map((name) => name.trim()))].map((name) => {
    const relation = known.find((one) => one.name === name)
    if (relation) return relation
    throw invalidField(
      'include',
      'unknown_relation',
      `"${name.slice(0, 100)}" is not a relation of this record`,
    )
  })
}

/** Whether the actor reads all that the relation leads to, so that nothing of it has to be held back. */
export const reachesAll = ({ target }: Relation, actor: Actor): boolean =>
  scopeOf(actor, target.permissions.read) === 'all'

/** Whether the actor reads anything that the relation leads to. */
export const reachesAny = ({ target }: Relation, actor: Actor): boolean =>
  scopeOf(actor, target.permissions.read) !== undefined
