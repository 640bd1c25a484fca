/** Follow-ups as they are listed: of one record, of all of them, and by the day of a person. */
import {
  defaultCadence,
  type Cadence,
  type DueFollowUp,
  type FollowedRecord,
  type FollowUp,
  type FollowUpQuery,
  type ProposedFollowUp,
  type Today,
} from '@rapport/contracts'
import { sql, type RawBuilder } from 'kysely'
import type { Actor } from '../../platform/actor.ts'
import type { ReadContext } from '../../platform/http/route.ts'
import { queryBuilder } from '../../platform/kysely.ts'
import {
  addDays,
  dayOf,
  decodeCursor,
  encodeCursor,
  isoDay,
  seenBy,
  startOfDay,
  visibleClause,
} from '../../platform/lists/index.ts'
import { notFound } from '../../platform/problems.ts'
import { followedKinds, type Followed } from './followed.ts'
import { timeZoneOf } from './places.ts'
import { proposeNext } from './propose.ts'
import { cadenceQuery, followUpColumns, type FollowUpRow } from './repository.ts'
import { presentFollowUp } from './service.ts'

type OfRecord = { items: FollowUp[]; next_cursor: null; next_proposed: ProposedFollowUp | null }
type RecordRow = { owner_id: string | null; follow_ups: FollowUpRow[]; cadence: Cadence | null }

export async function listOfRecord(
  { actor, read }: ReadContext,
  { object, records }: Followed,
  id: string,
): Promise<OfRecord> {
  const statement = sql<RecordRow>`
    SELECT r.owner_id, (
        SELECT coalesce(json_agg(x ORDER BY x.due_at, x.id), '[]') FROM (
          SELECT ${followUpColumns} FROM follow_ups f
          WHERE f.organization_id = ${actor.organization_id}::uuid AND f.object = ${object} AND f.record_id = r.id) x
      ) AS follow_ups, (SELECT row_to_json(c) FROM (${cadenceQuery(actor.organization_id)}) c) AS cadence
    FROM ${sql.table(records.table)} r
    WHERE r.organization_id = ${actor.organization_id}::uuid AND r.id = ${id}::uuid ${visibleClause(records, actor)}`
  const [row] = await read(statement.compile(queryBuilder))
  if (!row) throw notFound(object, id)
  const known = row.follow_ups.map(inUtc)
  return {
    items: known.map((one) => presentFollowUp(actor, one, row.owner_id)),
    next_cursor: null,
    next_proposed: proposeNext(known, row.cadence ?? defaultCadence, {
      now: new Date(),
      time_zone: actor.time_zone,
    }),
  }
}

/** JSON tells times with their offset. */
function inUtc(row: FollowUpRow): FollowUpRow {
  const utc = (time: string) => new Date(time).toISOString()
  return {
    ...row,
    due_at: utc(row.due_at),
    closed_at: row.closed_at && utc(row.closed_at),
    created_at: utc(row.created_at),
    updated_at: utc(row.updated_at),
  }
}

type Place = Omit<FollowedRecord, 'object' | 'id' | 'title'>
type DueRow = FollowUpRow & { record_owner: string | null; title: string; place: Place }

const placeFields = [
  'company_name',
  'email',
  'phone',
  'mobile',
  'country',
  'state',
  'city',
  'time_zone',
] as const

/** What the caller sees of the record that is followed up; what its kind has not is left out. */
function placeJson({ records }: Followed, actor: Actor): RawBuilder<unknown> {
  const { fields } = seenBy(records, actor)
  const seen = placeFields.filter((name) => fields.has(name))
  return sql`json_build_object(${sql.join(seen.flatMap((name) => [sql.lit(name), sql.ref(`r.${name}`)]))})`
}

type Narrowed = { conditions: RawBuilder<unknown>; limit: number; newestFirst?: boolean }

/** A page of each kind, from which the page of all is made. */
function dueRows(actor: Actor, { conditions, limit }: Narrowed): RawBuilder<DueRow> {
  const kinds = Object.values(followedKinds).map((followed) => {
    const { object, records } = followed
    const seenTitle = seenBy(records, actor).fields.has(records.title)
    return sql`(
      SELECT ${followUpColumns}, r.owner_id AS record_owner, ${seenTitle ? sql.ref(`r.${records.title}`) : sql`''`} AS title,
        ${placeJson(followed, actor)} AS place
      FROM follow_ups f JOIN ${sql.table(records.table)} r ON r.organization_id = f.organization_id AND r.id = f.record_id
      WHERE f.organization_id = ${actor.organization_id}::uuid AND r.organization_id = ${actor.organization_id}::uuid
        AND f.object = ${object} AND r.deleted_at IS NULL ${visibleClause(records, actor)} ${conditions}
      ORDER BY f.due_at, f.id LIMIT ${limit})`
  })
  return sql<DueRow>`SELECT f.* FROM (${sql.join(kinds, sql` UNION ALL `)}) f ORDER BY f.due_at, f.id LIMIT ${limit}`
}

function presentDue(actor: Actor, { record_owner, title, place, ...row }: DueRow): DueFollowUp {
  const { mobile, phone, ...known } = { ...nowhere, ...place }
  const { object, record_id: id } = row
  const subject = { object, id, title, ...known, phone: phone ?? mobile, time_zone: timeZoneOf(known) }
  return { ...presentFollowUp(actor, row, record_owner), subject }
}

const nowhere: Place & { mobile: string | null } = {
  company_name: null,
  email: null,
  phone: null,
  mobile: null,
  country: null,
  state: null,
  city: null,
  time_zone: null,
}

const order = 'follow_ups:due_at,id'
type Page = { items: DueFollowUp[]; next_cursor: string | null }

export async function listFollowUps({ actor, read }: ReadContext, query: FollowUpQuery): Promise<Page> {
  const { limit, cursor } = query
  const [due_at, id] = cursor === undefined ? [] : decodeCursor(order, ['timestamptz', 'uuid'], cursor)
  const conditions = sql.join(
    [
      query.status && sql`AND f.status = ${query.status}`,
      query.owner_id && sql`AND f.owner_id = ${whoIs(actor, query.owner_id)}::uuid`,
      query.due_from && sql`AND f.due_at >= ${query.due_from}::timestamptz`,
      query.due_before && sql`AND f.due_at < ${query.due_before}::timestamptz`,
      due_at !== undefined && sql`AND (f.due_at, f.id) > (${due_at}::timestamptz, ${id}::uuid)`,
    ].map((condition) => condition || sql``),
    sql` `,
  )
  const page = dueRows(actor, { conditions, limit: limit + 1 })
  const statement = sql<DueRow & { key: string }>`SELECT p.*, p.due_at::text AS key FROM (${page}) p`
  const rows = await read(statement.compile(queryBuilder))
  const last = rows.length > limit ? rows[limit - 1] : undefined
  return {
    items: rows.slice(0, limit).map(({ key: _, ...row }) => presentDue(actor, row)),
    next_cursor: last ? encodeCursor(order, JSON.stringify([last.key, last.id])) : null,
  }
}

const whoIs = (actor: Actor, owner: string) => (owner === 'me' ? actor.user_id : owner)

const groupSize = 200
type Group = 'overdue' | 'due' | 'upcoming'
type TodayRow = Record<Group, DueRow[]> & {
  totals: Record<Group, number>
  done: number
  cadence: Cadence | null
}

/** One statement for the whole page. */
export async function readToday({ actor, read }: ReadContext, owner: string): Promise<Today> {
  const { time_zone, organization_id } = actor
  const now = new Date()
  const day = dayOf(now, time_zone)
  const [start, end, horizon] = [0, 1, 8].map((days) =>
    startOfDay(addDays(day, days), time_zone).toISOString(),
  )
  const present = now.toISOString()
  const owner_id = whoIs(actor, owner)
  const mine = sql`AND f.status = 'open' AND f.owner_id = ${owner_id}::uuid`
  const within: Record<Group, RawBuilder<unknown>> = {
    overdue: sql`${mine} AND f.due_at < ${present}::timestamptz`,
    due: sql`${mine} AND f.due_at >= ${present}::timestamptz AND f.due_at < ${end}::timestamptz`,
    upcoming: sql`${mine} AND f.due_at >= ${end}::timestamptz AND f.due_at < ${horizon}::timestamptz`,
  }
  const items = (group: Group) =>
    sql`(SELECT coalesce(json_agg(x ORDER BY x.due_at, x.id), '[]') FROM (${dueRows(actor, { conditions: within[group], limit: groupSize })}) x)`
  const statement = sql<TodayRow>`
    SELECT ${items('overdue')} AS overdue, ${items('due')} AS due, ${items('upcoming')} AS upcoming,
      json_build_object('overdue', ${count(actor, within.overdue)}, 'due', ${count(actor, within.due)},
        'upcoming', ${count(actor, within.upcoming)}) AS totals,
      ${count(actor, sql`AND f.status = 'done' AND f.closed_by = ${owner_id}::uuid AND f.closed_at >= ${start}::timestamptz`)} AS done,
      (SELECT row_to_json(c) FROM (${cadenceQuery(organization_id)}) c) AS cadence`
  const [row] = await read(statement.compile(queryBuilder))
  if (!row) throw new Error('The day was not read.')
  const told = (group: Group) => ({
    follow_ups: row[group].map((one) => presentDue(actor, { ...one, ...inUtc(one) })),
    total: row.totals[group],
  })
  return {
    day: isoDay(day),
    time_zone,
    overdue: told('overdue'),
    due: told('due'),
    upcoming: told('upcoming'),
    done: row.done,
    cadence: row.cadence ?? defaultCadence,
  }
}

function count(actor: Actor, conditions: RawBuilder<unknown>): RawBuilder<unknown> {
  const kinds = Object.values(followedKinds).map(
    ({ object, records }) => sql`(
      SELECT count(*) FROM follow_ups f JOIN ${sql.table(records.table)} r ON r.organization_id = f.organization_id AND r.id = f.record_id
      WHERE f.organization_id = ${actor.organization_id}::uuid AND r.organization_id = ${actor.organization_id}::uuid
        AND f.object = ${object} AND r.deleted_at IS NULL ${visibleClause(records, actor)} ${conditions})`,
  )
  return sql`(${sql.join(kinds, sql` + `)})::int`
}
