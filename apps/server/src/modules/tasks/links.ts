/** The records that tasks are about: of any kind, each in a row. Compared by uuid, which is leakproof. */
import type { TaskLink } from '@rapport/contracts'
import { sql, type RawBuilder, type SqlBool } from 'kysely'
import type { Actor } from '../../platform/actor.ts'
import { visibleClause, type KeptRows, type RecordDescription } from '../../platform/lists/index.ts'
import { invalidField } from '../../platform/problems.ts'
import type { Ctx } from '../../platform/tenancy.ts'
import { kindOf, recordKinds, requireRelatedRecord } from '../records/index.ts'

type Context = Pick<Ctx, 'tx' | 'actor'>

const rowsOf = (alias: string) =>
  sql`FROM task_links k WHERE k.organization_id = ${sql.ref(`${alias}.organization_id`)} AND k.task_id = ${sql.ref(`${alias}.id`)}`

export const linkRows: KeptRows = {
  told: (alias) => sql`(
    SELECT coalesce(json_agg(json_build_object('object', k.object, 'id', k.record_id) ORDER BY k.object, k.record_id), '[]'::json)
    ${rowsOf(alias)})`,
  holds: ({ organization_id }, alias, values) => sql<SqlBool>`EXISTS (
    SELECT 1 ${rowsOf(alias)} AND k.organization_id = ${organization_id}::uuid
      ${values ? sql`AND k.record_id = ANY(${values.map(String)}::uuid[])` : sql``})`,
  having: () => null,
  included: { name: 'linked', told: linkedTitles },
}

/** What is in the trash, or out of the reader's reach, is as if it were not linked. */
function linkedTitles(actor: Actor, alias: string): RawBuilder<unknown> {
  const parts = tablesOf(actor).map(
    ({ records, objects }) => sql`
      SELECT k.object, k.record_id AS id, ${sql.ref(`t.${records.title}`)} AS title
      FROM task_links k JOIN ${sql.table(records.table)} t ON t.organization_id = k.organization_id AND t.id = k.record_id
      WHERE k.organization_id = ${sql.ref(`${alias}.organization_id`)} AND k.task_id = ${sql.ref(`${alias}.id`)}
        AND k.object = ANY(${objects}::text[]) ${records.is_shared ? sql`AND t.object = k.object` : sql``}
        AND t.organization_id = ${actor.organization_id}::uuid AND t.deleted_at IS NULL ${visibleClause(records, actor, 't')}`,
  )
  return sql`(SELECT coalesce(json_agg(l ORDER BY l.object, l.id), '[]'::json) FROM (${sql.join(parts, sql` UNION ALL `)}) l)`
}

type Table = { records: RecordDescription; objects: string[] }

/** One entry for each table of records that can be linked; those of own objects share one. */
function tablesOf(actor: Actor): Table[] {
  const linkable = recordKinds(actor).flatMap(({ records }) => (records.object === 'task' ? [] : [records]))
  return [...Map.groupBy(linkable, ({ table }) => table).values()].flatMap((group) => {
    const [records] = group
    return records ? [{ records, objects: group.map(({ object }) => object) }] : []
  })
}

type Linked = { links: TaskLink[]; previous_id: string | null }

/** In order and each once. What is new must be there and within reach; what was linked may have left it since. */
export async function settleLinks(
  ctx: Context,
  { links, previous_id }: Linked,
  before: Linked | null,
): Promise<TaskLink[]> {
  const wanted = new Map(
    links.map(({ object, id }) => [keyOf({ object, id }), { object, id: id.toLowerCase() }]),
  )
  const after = [...wanted.values()].toSorted((one, other) => (keyOf(one) < keyOf(other) ? -1 : 1))
  const known = new Set(before?.links.map(keyOf))
  // The next of a series is about what the last one was about.
  const isNext = before === null && previous_id !== null
  for (const [place, link] of links.entries()) {
    if (isNext || known.has(keyOf(link))) continue
    const target = link.object === 'task' ? undefined : kindOf(link.object, ctx.actor)?.records
    const path = `links.${place}`
    if (!target) throw invalidField(`${path}.object`, 'unknown_object', 'is not a kind of records')
    await requireRelatedRecord(ctx, target, `${path}.id`, link.id)
  }
  return after
}

const keyOf = ({ object, id }: TaskLink) => `${object} ${id.toLowerCase()}`

export async function writeLinks(
  { tx, actor }: Context,
  task_id: string,
  before: readonly TaskLink[],
  after: readonly TaskLink[],
): Promise<void> {
  const [was, is] = [new Set(before.map(keyOf)), new Set(after.map(keyOf))]
  const gone = before.filter((link) => !is.has(keyOf(link)))
  const come = after.filter((link) => !was.has(keyOf(link)))
  if (gone.length > 0)
    await sql`
      DELETE FROM task_links k USING jsonb_to_recordset(${JSON.stringify(gone)}::jsonb) AS g (object text, id uuid)
      WHERE k.organization_id = ${actor.organization_id}::uuid AND k.task_id = ${task_id}::uuid
        AND k.object = g.object AND k.record_id = g.id`.execute(tx)
  if (come.length > 0)
    await sql`
      INSERT INTO task_links (organization_id, task_id, object, record_id)
      SELECT ${actor.organization_id}::uuid, ${task_id}::uuid, c.object, c.id
      FROM jsonb_to_recordset(${JSON.stringify(come)}::jsonb) AS c (object text, id uuid)
      ON CONFLICT DO NOTHING`.execute(tx)
}
