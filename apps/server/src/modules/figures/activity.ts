/** What people logged, day by day where the caller is: of those whose work the caller may know. */
import { loggableActivityTypes } from '@rapport/contracts'
import { sql } from 'kysely'
import type { ReadContext } from '../../platform/http/route.ts'
import { queryBuilder } from '../../platform/kysely.ts'
import { addDays, dayOf, isoDay, startOfDay } from '../../platform/lists/index.ts'
import { metricReach } from '../metrics/index.ts'

type Kind = (typeof loggableActivityTypes)[number]
type Row = { day: string; type: Kind; count: number }
type DayOfActivity = { day: string; counts: Record<Kind, number> }

export async function readActivity(
  { actor, read }: ReadContext,
  { days, owner_id }: { days: number; owner_id?: string | undefined },
): Promise<{ items: DayOfActivity[]; next_cursor: null }> {
  const { time_zone, organization_id } = actor
  const today = dayOf(new Date(), time_zone)
  const first = addDays(today, 1 - days)
  const reach = metricReach(actor, 'activities')
  const people = reach === 'all' ? sql`` : sql`AND a.actor_id = ANY(${reach}::uuid[])`
  const one =
    owner_id === undefined
      ? sql``
      : sql`AND a.actor_id = ${owner_id === 'me' ? actor.user_id : owner_id}::uuid`
  const statement = sql<Row>`
    SELECT (a.occurred_at AT TIME ZONE ${time_zone})::date::text AS day, a.type, count(*)::int AS count FROM activities a
    WHERE a.organization_id = ${organization_id}::uuid AND a.type IN ('note', 'call', 'email', 'meeting', 'message')
      AND a.occurred_at >= ${startOfDay(first, time_zone).toISOString()}::timestamptz
      AND a.occurred_at < ${startOfDay(addDays(today, 1), time_zone).toISOString()}::timestamptz ${people} ${one}
    GROUP BY 1, 2`
  const rows = await read(statement.compile(queryBuilder))
  const countOf = (day: string, type: Kind) =>
    rows.find((row) => row.day === day && row.type === type)?.count ?? 0
  const items = Array.from({ length: days }, (_, index) => {
    const day = isoDay(addDays(first, index))
    const counts = Object.fromEntries(loggableActivityTypes.map((type) => [type, countOf(day, type)]))
    return { day, counts: counts as Record<Kind, number> }
  })
  return { items, next_cursor: null }
}
