/**
 * One hop from a record to another one of some object: `company_id` leads to a company. What the caller may not
 * read, and what is in the trash, is as if it were not there.
 */
import { relationName } from '@rapport/contracts'
import { sql, type RawBuilder } from 'kysely'
import { scopeOf, type Actor } from '../actor.ts'
import { invalidField } from '../problems.ts'
import { findRecords, recordsOf, type RecordDescription, type StoredField } from './description.ts'
import { ownId } from './own-fields.ts'
import { belongsClause, visibleClause } from './visible.ts'

export type Relation = { name: string; field: StoredField; target: RecordDescription }

export function relationsOf({ fields }: RecordDescription): Relation[] {
  return [...fields.values()].flatMap((field) =>
    field.to === undefined ? [] : [{ name: relationName(field.name), field, target: recordsOf(field.to) }],
  )
}

/** Those of the organization's own fields, too: `custom.car`, where the actor sees the object that it leads to. */
function relationsSeen(records: RecordDescription, actor: Actor): Relation[] {
  const own = [...records.own.values()].flatMap((field) => {
    const target = field.to === undefined ? undefined : findRecords(field.to, actor)
    return target ? [{ name: field.name, field, target }] : []
  })
  return [...relationsOf(records), ...own]
}

export const findRelation = (records: RecordDescription, actor: Actor, name: string): Relation | undefined =>
  relationsSeen(records, actor).find((one) => one.name === name)

/** The id of the record that `r` leads to. */
export const relatedId = ({ field }: Pick<Relation, 'field'>): RawBuilder<unknown> =>
  field.own ? ownId(field) : sql.ref(`r.${field.column}`)

/** FROM and WHERE of the records that the relation may lead this actor to; they go by the alias `t`. */
export function reachableClause({ target }: Pick<Relation, 'target'>, actor: Actor): RawBuilder<unknown> {
  return sql`FROM ${sql.table(target.table)} t
    WHERE ${belongsClause(target, actor, 't')} AND t.deleted_at IS NULL ${visibleClause(target, actor, 't')}`
}

/** What the related record of `r` is called, or null. */
export function relatedTitle(relation: Relation, actor: Actor): RawBuilder<string | null> {
  return sql<string | null>`(SELECT ${titleColumn(relation)} ${relatedClause(relation, actor)})`
}

const titleColumn = ({ target }: Relation) => sql.ref(`t.${target.title}`)
const relatedClause = (relation: Relation, actor: Actor) =>
  sql`${reachableClause(relation, actor)} AND t.id = ${relatedId(relation)}`

/** The column that tells the related record of `r`. */
function relatedColumn(relation: Relation, actor: Actor): RawBuilder<unknown> {
  return sql`(SELECT json_build_object('id', t.id, 'name', ${titleColumn(relation)})
    ${relatedClause(relation, actor)}) AS ${sql.id(relation.name)}`
}

/** What is told beside the fields of `r`, by its name. */
export type Included = { name: string; column: RawBuilder<unknown> }

/** What can be asked for with `?include=`: what relations lead to, and more about values that stand in rows. */
function includable(records: RecordDescription, actor: Actor): Included[] {
  const related = relationsSeen(records, actor).map((relation) => includedBy(relation, actor))
  const kept = [...records.fields.values()].flatMap(({ rows }): Included[] =>
    rows?.included
      ? [
          {
            name: rows.included.name,
            column: sql`${rows.included.told(actor, 'r')} AS ${sql.id(rows.included.name)}`,
          },
        ]
      : [],
  )
  return [...related, ...kept]
}

export const includedBy = (relation: Relation, actor: Actor): Included => ({
  name: relation.name,
  column: relatedColumn(relation, actor),
})

/** What a caller asks for with `?include=`. */
export function parseIncludes(
  records: RecordDescription,
  actor: Actor,
  text: string | undefined,
): Included[] {
  if (text === undefined) return []
  const known = includable(records, actor)
  return [...new Set(text.split(',').map((name) => name.trim()))].map((name) => {
    const included = known.find((one) => one.name === name)
    if (included) return included
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
