/** Tasks tell of people in their words, and are linked to them. After an erasure only that there was something to do stays. */
import { sql } from 'kysely'
import { redact, type Person, type PersonalData } from '../../platform/personal-data/index.ts'
import type { Ctx } from '../../platform/tenancy.ts'
import { activityPersonalData } from '../activities/index.ts'
import { indexRecords } from '../search/index.ts'
import { searchDocument, type TaskRow } from './definition.ts'

type Context = Pick<Ctx, 'tx' | 'actor'>

const linkedTo = (
  { actor }: Context,
  { object, record_ids }: Pick<Person, 'object' | 'record_ids'>,
) => sql`EXISTS (
  SELECT 1 FROM task_links k WHERE k.organization_id = ${actor.organization_id}::uuid AND k.task_id = t.id
    AND k.object = ${object} AND k.record_id = ANY(${record_ids}::uuid[]))`

export const taskPersonalData: PersonalData = {
  table: 'tasks',
  async collect(ctx, person) {
    const { rows } = await sql<{ task: object }>`
      SELECT jsonb_build_object('title', t.title, 'description', t.description, 'status', t.status, 'due_at', t.due_at,
        'checklist', t.checklist, 'completed_at', t.completed_at) AS task
      FROM tasks t WHERE t.organization_id = ${ctx.actor.organization_id}::uuid AND ${linkedTo(ctx, person)}
      ORDER BY t.created_at, t.id`.execute(ctx.tx)
    return rows.map(({ task }) => task)
  },
  async erase(ctx, person) {
    const named = await tasksThatName(ctx, person)
    for (const task of named) await redactTask(ctx, task, person)
    const ids = named.map(({ id }) => id)
    // Its history holds its words as they were.
    if (ids.length > 0)
      await activityPersonalData.erase(ctx, {
        object: 'task',
        record_ids: ids,
        emails: [],
        phones: [],
        names: [],
      })
    return ids.length
  },
}

async function tasksThatName(ctx: Context, person: Person): Promise<TaskRow[]> {
  const words = sql`lower(concat_ws(' ', t.title, t.description, t.checklist::text))`
  const { rows } = await sql<TaskRow>`
    SELECT t.* FROM tasks t WHERE t.organization_id = ${ctx.actor.organization_id}::uuid AND (
      EXISTS (SELECT 1 FROM unnest(${[...person.emails, ...person.names]}::text[]) m WHERE position(m IN ${words}) > 0)
      OR EXISTS (SELECT 1 FROM unnest(${person.phones}::text[]) p WHERE position(p IN regexp_replace(${words}, '\\D', '', 'g')) > 0))
    FOR NO KEY UPDATE`.execute(ctx.tx)
  return rows
}

async function redactTask({ tx, actor }: Context, task: TaskRow, person: Person): Promise<void> {
  const title = redact(task.title, person)
  const description = task.description && redact(task.description, person)
  const checklist = task.checklist.map((item) => ({ ...item, text: redact(item.text, person) }))
  await sql`
    UPDATE tasks SET title = ${title}, description = ${description}, checklist = ${JSON.stringify(checklist)}::jsonb,
      version = version + 1, updated_at = now()
    WHERE organization_id = ${actor.organization_id}::uuid AND id = ${task.id}::uuid`.execute(tx)
  if (task.deleted_at === null) await indexRecords({ tx, actor }, [searchDocument({ ...task, title })])
}

export const taskLinkPersonalData: PersonalData = {
  table: 'task_links',
  erase: (ctx, { object, record_ids }) => dropTaskLinks(ctx, object, record_ids),
}

/** Of records that are erased or deleted for good. */
export async function dropTaskLinks(
  { tx, actor }: Context,
  object: string,
  record_ids: readonly string[],
): Promise<number> {
  const { numAffectedRows } = await sql`
    DELETE FROM task_links WHERE organization_id = ${actor.organization_id}::uuid AND object = ${object}
      AND record_id = ANY(${record_ids}::uuid[])`.execute(tx)
  return Number(numAffectedRows ?? 0)
}
