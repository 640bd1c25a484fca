/** Which goals the rows of a forecast are held against. */
import type { ForecastQuery } from '@rapport/contracts'
import type { Actor } from '../../platform/actor.ts'
import type { WonGoal } from '../goals/index.ts'
import type { Span } from './scope.ts'

/** Of a month, counted from 1, or of all together with null. */
export type GoalsOf = (month: number | null) => number | null

type Whose = { user_id: string | null; team_id: string | null }
const none: GoalsOf = () => null

/** A goal knows no pipeline, so what is narrowed down to one, or grouped by them, is held against none. */
export function goalsFor(actor: Actor, query: ForecastQuery, span: Span, goals: readonly WonGoal[]) {
  const { pipeline_id, owner_id, team_id, group_by } = query
  const narrowed = pipeline_id !== undefined || (owner_id !== undefined && team_id !== undefined)
  const of = (whose: Whose, currency: string): GoalsOf => {
    const own = goals.filter(
      (goal) =>
        goal.user_id === whose.user_id && goal.team_id === whose.team_id && goal.currency === currency,
    )
    return (month) => (month === null ? wholeGoal(own, span) : exactGoal(own, span, month - 1, month))
  }
  return {
    all(currency: string): GoalsOf {
      if (narrowed || owner_id === 'nobody') return none
      const user_id = owner_id === 'me' ? actor.user_id : (owner_id ?? null)
      return of({ user_id, team_id: team_id ?? null }, currency)
    },
    /** Whoever has a goal is told, also where nothing of theirs is in sight yet. */
    aimed() {
      if (pipeline_id !== undefined || (group_by !== 'owner' && group_by !== 'team')) return []
      // Of whom a team or a member is asked for, their deals tell; a goal does not.
      const only = owner_id === 'me' ? actor.user_id : owner_id
      return goals.flatMap(({ user_id, team_id: of_team, name, member_ids, currency }) => {
        const id = group_by === 'owner' ? user_id : of_team
        const asked = group_by === 'owner' ? (only ?? id) === id && !team_id : (team_id ?? id) === id && !only
        return id !== null && asked ? [{ id, name, member_ids, currency }] : []
      })
    },
    group(id: string | null, currency: string): GoalsOf {
      if (id === null || pipeline_id !== undefined) return none
      if (group_by === 'owner') return of({ user_id: id, team_id: null }, currency)
      const only = owner_id === undefined && (team_id === undefined || team_id === id)
      return group_by === 'team' && only ? of({ user_id: null, team_id: id }, currency) : none
    },
  }
}

const exactGoal = (goals: readonly WonGoal[], { days }: Span, first: number, until: number): number | null =>
  goals.find((goal) => goal.starts_on === days[first] && goal.ends_before === days[until])?.target ?? null

/** That of just this time, or else the longest ones within it that do not overlap. */
function wholeGoal(goals: readonly WonGoal[], span: Span): number | null {
  const exact = exactGoal(goals, span, 0, span.days.length - 1)
  if (exact !== null) return exact
  for (const period of ['year', 'quarter', 'month'] as const) {
    const some = goals.filter((goal) => goal.period === period)
    if (some.length > 0) return some.reduce((sum, { target }) => sum + target, 0)
  }
  return null
}
