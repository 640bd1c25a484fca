/** In which order the groups of a field stand, and what each is called. The groups go by the alias `g`. */
import { sql, type RawBuilder } from 'kysely'
import type { Actor } from '../../platform/actor.ts'
import { findRecords, reachableClause, type StoredField } from '../../platform/lists/index.ts'

type Order = { joins: RawBuilder<unknown>; order: RawBuilder<unknown> }

/** Options as they are described, stages as on their boards, months from the newest, all else by its count. */
export function groupOrder({ organization_id }: Actor, { name, type, options, stored }: StoredField): Order {
  if (type === 'select' && options)
    return { joins: sql``, order: sql`array_position(${[...options]}::text[], g.value)` }
  if (name === 'stage_id')
    return {
      joins: sql`LEFT JOIN stages st ON st.organization_id = ${organization_id}::uuid AND st.id::text = g.value
        LEFT JOIN pipelines pi ON pi.organization_id = ${organization_id}::uuid AND pi.id = st.pipeline_id`,
      order: sql`pi.is_default DESC, pi.created_at, pi.id, st.position`,
    }
  if (stored === 'date' || stored === 'timestamptz') return { joins: sql``, order: sql`g.value DESC` }
  return { joins: sql``, order: sql`g.count DESC` }
}

/** What the group's value leads to is called, or null when there is nothing or the caller may not read it. */
export function groupName(actor: Actor, { name, type, to }: StoredField): RawBuilder<string | null> {
  const organization = sql`${actor.organization_id}::uuid`
  if (type === 'user')
    return sql`(SELECT u.full_name FROM memberships m JOIN users u ON u.id = m.user_id
      WHERE m.organization_id = ${organization} AND m.user_id = g.value::uuid)`
  if (name === 'stage_id')
    return sql`(SELECT s.name FROM stages s WHERE s.organization_id = ${organization} AND s.id = g.value::uuid)`
  if (name === 'pipeline_id')
    return sql`(SELECT p.name FROM pipelines p WHERE p.organization_id = ${organization} AND p.id = g.value::uuid)`
  if (to === undefined) return sql`NULL::text`
  const target = findRecords(to, actor)
  if (!target) return sql`NULL::text`
  return sql`(SELECT ${sql.ref(`t.${target.title}`)} ${reachableClause({ target }, actor)} AND t.id = g.value::uuid)`
}
