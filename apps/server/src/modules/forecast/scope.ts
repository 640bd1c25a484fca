/** Which deals a forecast is about: those that the caller may read, narrowed down, in months of their time zone. */
import { forecastCategories, type ForecastCategory, type ForecastMeasure } from '@rapport/contracts'
import { sql, type RawBuilder, type SqlBool } from 'kysely'
import type { Actor } from '../../platform/actor.ts'
import { isoDay, seenBy, startOfDay, visibleClause, type Day } from '../../platform/lists/index.ts'
import { forbidden } from '../../platform/problems.ts'
import { deals } from '../deals/index.ts'

export type Narrowed = {
  pipeline_id?: string | undefined
  owner_id?: string | undefined
  team_id?: string | undefined
}

const madeOf = [
  'status',
  'stage_id',
  'pipeline_id',
  'owner_id',
  'value',
  'currency',
  'probability',
  'forecast_category',
  'expected_close',
  'closed_at',
]

/** A sum tells of what it is made of: a role that does not see a part of it is not told the sum. */
export function requireSeen(actor: Actor): void {
  const { fields } = seenBy(deals.records, actor)
  if (madeOf.some((name) => !fields.has(name)))
    throw forbidden('figures_hidden', 'Your role does not see all that the forecast is made of.')
}

export const readable = (actor: Actor): RawBuilder<unknown> =>
  sql`r.organization_id = ${actor.organization_id}::uuid ${visibleClause(deals.records, actor)}`

/** Whether the deal, or what it was, of that alias is among those asked for. */
export const isOwned = (
  actor: Actor,
  alias: string,
  { owner_id, team_id }: Narrowed,
): RawBuilder<SqlBool> => {
  const owner = sql.ref(`${alias}.owner_id`)
  const one =
    owner_id === undefined
      ? sql`true`
      : owner_id === 'nobody'
        ? sql`${owner} IS NULL`
        : sql`${owner} IS NOT DISTINCT FROM ${owner_id === 'me' ? actor.user_id : owner_id}::uuid`
  const team =
    team_id === undefined
      ? sql`true`
      : sql`coalesce(${owner} IN (SELECT m.user_id FROM team_members m
          WHERE m.organization_id = ${actor.organization_id}::uuid AND m.team_id = ${team_id}::uuid), false)`
  return sql<SqlBool>`(${one} AND ${team})`
}

export const isPiped = (alias: string, { pipeline_id }: Narrowed): RawBuilder<SqlBool> =>
  pipeline_id === undefined
    ? sql<SqlBool>`true`
    : sql<SqlBool>`${sql.ref(`${alias}.pipeline_id`)} = ${pipeline_id}::uuid`

export const narrowed = (actor: Actor, narrowing: Narrowed): RawBuilder<unknown> =>
  sql`${readable(actor)} AND ${isPiped('r', narrowing)} AND ${isOwned(actor, 'r', narrowing)}`

/** The stages that say what their deals count as. */
export const stagesOf = ({ organization_id }: Actor): RawBuilder<unknown> => sql`
  SELECT s.id, s.probability, s.forecast_category FROM stages s WHERE s.organization_id = ${organization_id}::uuid`

export type Span = {
  months: string[]
  /** The first day of each month and of the one after the last. */
  days: string[]
  /** The instants at which they begin. */
  starts: string[]
}

export function monthsBetween(from: string, to: string, time_zone: string): Span {
  const first = firstDayOf(from)
  const count = monthNumber(to) - monthNumber(from) + 1
  const days = Array.from({ length: count + 1 }, (_, index) => ({ ...first, month: first.month + index }))
  return {
    months: days.slice(0, count).map((day) => isoDay(day).slice(0, 7)),
    days: days.map(isoDay),
    starts: days.map((day) => startOfDay(day, time_zone).toISOString()),
  }
}

const monthNumber = (month: string) => Number(month.slice(0, 4)) * 12 + Number(month.slice(5, 7))
const firstDayOf = (month: string): Day => ({
  year: Number(month.slice(0, 4)),
  month: Number(month.slice(5, 7)),
  day: 1,
})

/** The categories of open deals that a measure adds up. */
export const countedIn = (measure: ForecastMeasure): readonly ForecastCategory[] =>
  forecastCategories.filter((category) =>
    measure === 'open' || measure === 'weighted' ? category !== 'omitted' : category === measure,
  )
