/** SQL of jobs and their items. */
import { toldFailures, undo_hours, type JobFailure } from '@rapport/contracts'
import { sql, type RawBuilder, type Selectable, type Updateable } from 'kysely'
import type { Jobs } from '../../db/types.ts'
import { belongsClause, seenBy, visibleClause, type RecordDescription } from '../../platform/lists/index.ts'
import type { Ctx } from '../../platform/tenancy.ts'

export type JobRow = Selectable<Jobs>
type Context = Pick<Ctx, 'tx' | 'actor'>

const listed = 50

type NewJob = Pick<JobRow, 'id' | 'kind' | 'object' | 'action' | 'created_by'> & {
  change?: unknown
  api_key?: unknown
  undoes?: string
}

const asJson = (value: unknown) => (value === undefined || value === null ? null : JSON.stringify(value))

export async function insertJob({ tx, actor }: Context, given: NewJob): Promise<void> {
  const { change, api_key, ...job } = given
  await tx
    .insertInto('jobs')
    .values({
      ...job,
      change: asJson(change),
      api_key: asJson(api_key),
      organization_id: actor.organization_id,
      state: 'queued',
    })
    .execute()
}

/** Fixes which records the job is about, in the order of their ids. @param chosen selects `id` and `version`. */
export async function insertItems({ tx, actor }: Context, job_id: string, chosen: RawBuilder<unknown>) {
  const { rows } = await sql<JobRow>`
    WITH fixed AS (
      INSERT INTO job_items (organization_id, job_id, place, record_id, version)
      SELECT ${actor.organization_id}::uuid, ${job_id}::uuid, row_number() OVER (ORDER BY c.id), c.id, c.version
      FROM (${chosen}) c RETURNING 1
    )
    UPDATE jobs SET total = (SELECT count(*) FROM fixed)
    WHERE organization_id = ${actor.organization_id}::uuid AND id = ${job_id}::uuid RETURNING *`.execute(tx)
  const [job] = rows
  if (!job) throw new Error(`The job ${job_id} was not made.`)
  return job
}

/** The caller's own, the newest first. */
export async function listJobs({ tx, actor }: Context): Promise<JobRow[]> {
  return tx
    .selectFrom('jobs')
    .selectAll()
    .where('organization_id', '=', actor.organization_id)
    .where('created_by', '=', actor.user_id)
    .orderBy('id', 'desc')
    .limit(listed)
    .execute()
}

export async function findJob(ctx: Context, id: string): Promise<JobRow | undefined> {
  return select(ctx, id).executeTakeFirst()
}

/** Whoever holds the lock is the only one to move the job. */
export async function lockJob(ctx: Context, id: string): Promise<JobRow | undefined> {
  return select(ctx, id).forUpdate().executeTakeFirst()
}

function select({ tx, actor }: Context, id: string) {
  return tx
    .selectFrom('jobs')
    .selectAll()
    .where('organization_id', '=', actor.organization_id)
    .where('id', '=', id)
}

export async function updateJob({ tx, actor }: Context, id: string, set: Updateable<Jobs>): Promise<JobRow> {
  return tx
    .updateTable('jobs')
    .set(set)
    .where('organization_id', '=', actor.organization_id)
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirstOrThrow()
}

/** The newest bulk change of the caller that can be taken back. */
export async function findUndoableJob({ tx, actor }: Context): Promise<JobRow | undefined> {
  return tx
    .selectFrom('jobs')
    .selectAll()
    .where('organization_id', '=', actor.organization_id)
    .where('created_by', '=', actor.user_id)
    .where('kind', '=', 'bulk')
    .where('finished_at', 'is not', null)
    .where('undone_by', 'is', null)
    .where('changed', '>', 0)
    .where('undo_until', '>', sql<string>`now()`)
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst()
}

export type Item = { place: number; record_id: string; version: number | null }

/** The next ones, in order. */
export async function nextItems({ tx, actor }: Context, { id, done }: JobRow, most: number): Promise<Item[]> {
  return tx
    .selectFrom('job_items')
    .select(['place', 'record_id', 'version'])
    .where('organization_id', '=', actor.organization_id)
    .where('job_id', '=', id)
    .where('place', '>', done)
    .where('place', '<=', done + most)
    .orderBy('place')
    .execute()
}

export type SettledItem = {
  place: number
  state: 'changed' | 'same' | 'refused'
  version: number | null
  code: string | null
  message: string | null
}

export async function settleItems(
  { tx, actor }: Context,
  job_id: string,
  items: SettledItem[],
): Promise<void> {
  await sql`
    UPDATE job_items i SET state = n.state, version = n.version, code = n.code, message = n.message
    FROM jsonb_to_recordset(${JSON.stringify(items)}::jsonb)
      AS n (place int, state text, version int, code text, message text)
    WHERE i.organization_id = ${actor.organization_id}::uuid AND i.job_id = ${job_id}::uuid AND i.place = n.place`.execute(
    tx,
  )
}

/** What the undo took back is not found by another one. */
export async function markUndone(
  { tx, actor }: Context,
  job_id: string,
  record_ids: string[],
): Promise<void> {
  await tx
    .updateTable('job_items')
    .set({ state: 'undone' })
    .where('organization_id', '=', actor.organization_id)
    .where('job_id', '=', job_id)
    .where((item) => item('record_id', '=', item.fn.any(item.val(record_ids))))
    .execute()
}

/** What the job changed and nobody took back yet. */
export const changedItems = ({ actor }: Pick<Ctx, 'actor'>, job_id: string): RawBuilder<unknown> => sql`
  SELECT record_id AS id, version FROM job_items
  WHERE organization_id = ${actor.organization_id}::uuid AND job_id = ${job_id}::uuid AND state = 'changed'`

/** The first refusals, with the names of the records that the caller may read. */
export async function listFailures(
  { tx, actor }: Context,
  job_id: string,
  described: RecordDescription,
): Promise<JobFailure[]> {
  const records = seenBy(described, actor)
  const name = records.fields.has(records.title) ? sql`${sql.ref(`r.${records.title}`)}` : sql`NULL`
  const { rows } = await sql<JobFailure>`
    SELECT i.record_id AS id, ${name} AS name, i.code, i.message FROM job_items i
    LEFT JOIN ${sql.table(records.table)} r
      ON ${belongsClause(records, actor)} AND r.id = i.record_id ${visibleClause(records, actor)}
    WHERE i.organization_id = ${actor.organization_id}::uuid AND i.job_id = ${job_id}::uuid AND i.code IS NOT NULL
    ORDER BY i.place LIMIT ${toldFailures}`.execute(tx)
  return rows
}

/** Items of jobs that cannot be taken back any more go, a number at a time; the jobs themselves later. */
export async function removeOldItems({ tx, actor }: Context, most: number): Promise<number> {
  const { numAffectedRows = 0n } = await sql`
    DELETE FROM job_items WHERE organization_id = ${actor.organization_id}::uuid AND (job_id, place) IN (
      SELECT i.job_id, i.place FROM job_items i JOIN jobs j ON j.organization_id = i.organization_id AND j.id = i.job_id
      WHERE i.organization_id = ${actor.organization_id}::uuid
        AND j.finished_at < now() - make_interval(hours => ${undo_hours}) LIMIT ${most})`.execute(tx)
  return Number(numAffectedRows)
}

const job_days = 30

export async function removeOldJobs({ tx, actor }: Context): Promise<void> {
  await sql`
    DELETE FROM jobs WHERE organization_id = ${actor.organization_id}::uuid
      AND finished_at < now() - make_interval(days => ${job_days})`.execute(tx)
}
