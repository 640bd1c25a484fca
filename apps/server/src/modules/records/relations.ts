/** Records that lead to others: only to such as are there and as the caller may read. */
import { customPrefix } from '@rapport/contracts'
import { sql } from 'kysely'
import { z } from 'zod'
import type { OwnField } from '../../platform/custom-fields.ts'
import {
  belongsClause,
  findRecords,
  reachableClause,
  relationsOf,
  type RecordDescription,
  type Relation,
} from '../../platform/lists/index.ts'
import { invalidField } from '../../platform/problems.ts'
import type { Ctx } from '../../platform/tenancy.ts'
import { findMember } from '../identity/index.ts'
import type { BaseRow, Custom, RecordDefinition } from './definition.ts'
import { ownFieldsOf } from './own-values.ts'
import { unknownRelated } from './problems.ts'

type Context = Pick<Ctx, 'tx' | 'actor'>

/** What was asked already in this transaction: many records may lead to the same one. */
export type Asked = Map<string, Promise<void>>

/** @param wanted what is given or changed, by column. */
export async function requireRelated<Row extends BaseRow>(
  { tx, actor }: Context,
  { records }: RecordDefinition<Row>,
  wanted: Record<string, unknown>,
  asked: Asked = new Map(),
): Promise<void> {
  const led = relationsOf(records).filter(({ field }) => typeof wanted[field.column] === 'string')
  await Promise.all(
    led.map(({ field, target }) => {
      const id = String(wanted[field.column])
      const key = `${field.name} ${id}`
      const answer = asked.get(key) ?? requireRelatedRecord({ tx, actor }, target, field.name, id)
      asked.set(key, answer)
      return answer
    }),
  )
}

/** The same for values of the organization's own fields, and their users must be members. */
export async function requireOwnRelated(
  ctx: Context,
  object: string,
  given: Custom,
  asked: Asked = new Map(),
): Promise<void> {
  // What is no id is refused when the values are read.
  const isId = (value: unknown) => typeof value === 'string' && z.guid().safeParse(value).success
  const led = ownFieldsOf(ctx.actor, object).filter(({ key }) => isId(given[key]))
  const ask = async ({ type, to, key }: OwnField): Promise<void> => {
    const [path, id] = [customPrefix + key, String(given[key])]
    if (type === 'user') return requireMember(ctx, path, id)
    if (type !== 'relation' || to === null) return
    const target = findRecords(to, ctx.actor)
    if (!target) throw unknownRelated(path, to)
    return requireRelatedRecord(ctx, target, path, id)
  }
  await Promise.all(
    led.map((field) => {
      const key = `${field.id} ${String(given[field.key])}`
      const answer = asked.get(key) ?? ask(field)
      asked.set(key, answer)
      return answer
    }),
  )
}

async function requireMember({ tx, actor }: Context, path: string, id: string): Promise<void> {
  if (id === actor.user_id || (await findMember(tx, id, actor.organization_id))) return
  throw invalidField(path, 'not_a_member', 'must be an active member of this organization')
}

/** The same for a record that is named beside the fields, as in a link. */
export async function requireRelatedRecord(
  { tx, actor }: Context,
  target: RecordDescription,
  path: string,
  id: string,
): Promise<void> {
  const { rows } = await sql`SELECT 1 ${reachableClause({ target }, actor)} AND t.id = ${id}::uuid`.execute(
    tx,
  )
  if (rows.length === 0) throw unknownRelated(path, target.object)
}

/** What the records are called that these rows lead to, whoever may read them: id → title. */
export async function relatedTitles<Row extends BaseRow>(
  { tx, actor }: Context,
  { field, target }: Relation,
  rows: readonly Row[],
): Promise<Map<unknown, string>> {
  const ids = new Set(rows.map((row) => (row as Record<string, unknown>)[field.column]).filter(Boolean))
  if (ids.size === 0) return new Map()
  const found = await sql<{ id: string; title: string }>`
    SELECT t.id, ${sql.ref(`t.${target.title}`)} AS title FROM ${sql.table(target.table)} t
    WHERE ${belongsClause(target, actor, 't')} AND t.deleted_at IS NULL AND t.id = ANY(${[...ids]}::uuid[])`.execute(
    tx,
  )
  return new Map(found.rows.map(({ id, title }) => [id, title]))
}
