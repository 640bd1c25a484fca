/**
 * Tags as lists know them: a field of the record that stands in rows of its own. Rows are compared by uuid, which is
 * leakproof, so their indexes serve filters under row-level security; an array's operators are not.
 */
import { isTagId, tagKey } from '@rapport/contracts'
import { sql, type RawBuilder, type SqlBool } from 'kysely'
import type { KeptRows } from '../../platform/lists/index.ts'

const tagsJson = sql`json_agg(json_build_object('id', g.id, 'name', g.name, 'color', g.color) ORDER BY g.key)`

export const tagRows = (object: string): KeptRows => ({
  told: (alias) => sql`(
    SELECT coalesce(${tagsJson}, '[]'::json)
    FROM record_tags k JOIN tags g ON g.organization_id = k.organization_id AND g.id = k.tag_id
    WHERE k.organization_id = ${sql.ref(`${alias}.organization_id`)} AND k.object = ${sql.lit(object)}
      AND k.record_id = ${sql.ref(`${alias}.id`)})`,
  gathered: ({ organization_id }, record_ids) => sql`
    SELECT k.record_id, ${tagsJson} AS told
    FROM record_tags k JOIN tags g ON g.organization_id = k.organization_id AND g.id = k.tag_id
    WHERE k.organization_id = ${organization_id}::uuid AND k.object = ${sql.lit(object)} AND k.record_id = ANY(${record_ids})
    GROUP BY k.record_id`,
  holds: ({ organization_id }, alias, values) => sql<SqlBool>`EXISTS (
    SELECT 1 FROM record_tags k WHERE k.organization_id = ${organization_id}::uuid AND k.object = ${object}
      AND k.record_id = ${sql.ref(`${alias}.id`)} ${values ? sql`AND ${isOneOf(organization_id, values.map(String))}` : sql``})`,
  having: ({ organization_id }, value) => ({
    table: 'record_tags',
    where: sql`v.organization_id = ${organization_id}::uuid AND v.object = ${object} AND v.tag_id = ${tagOf(organization_id, String(value))}`,
  }),
})

/** A name stands for at most one tag. */
const tagOf = (organization_id: string, value: string): RawBuilder<unknown> =>
  isTagId(value)
    ? sql`${value}::uuid`
    : sql`(SELECT g.id FROM tags g WHERE g.organization_id = ${organization_id}::uuid AND g.key = ${tagKey(value)})`

/** Ids stand in the statement, so that the planner knows how common they are; names are looked up first. */
function isOneOf(organization_id: string, values: readonly string[]): RawBuilder<SqlBool> {
  const ids = values.filter(isTagId)
  const names = values.filter((value) => !isTagId(value))
  if (names.length === 0)
    return ids.length === 1
      ? sql<SqlBool>`k.tag_id = ${ids[0]}::uuid`
      : sql<SqlBool>`k.tag_id = ANY(${ids}::uuid[])`
  return sql<SqlBool>`k.tag_id = ANY(ARRAY(SELECT g.id FROM tags g WHERE g.organization_id = ${organization_id}::uuid
    AND (g.id = ANY(${ids}::uuid[]) OR g.key = ANY(${names.map(tagKey)}::text[]))))`
}
