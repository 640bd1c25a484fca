import { forecastFilters, type ForecastSum, type Team } from '@rapport/contracts'
import { useQuery } from '@tanstack/react-query'
import { paths } from '../../app/paths.ts'
import { useMay, useMe } from '../../app/session.ts'
import { teamsQuery } from '../members/api.ts'
import { usePipelines } from '../pipelines/api.ts'
import type { ForecastView } from './useForecastView.ts'

type Cell = {
  sum: ForecastSum
  from: string
  to: string
  currency: string
  /** Of the group that the row is about; without it the row is about all. */
  group?: { id: string | null; member_ids: (string | null)[] | null } | undefined
}

/** The address of the list of the deals behind a figure; null for a reader to whom the stages are not told. */
export function useDrill(view: ForecastView): (cell: Cell) => string | null {
  const pipelines = usePipelines()
  const { user } = useMe()
  const teams = useQuery({ ...teamsQuery, enabled: useMay('teams:read') }).data
  return ({ group, ...cell }) => {
    if (pipelines.length === 0) return null
    const owners = ownersOf(view, user.id, teams, group)
    if (owners?.length === 0) return null
    const pipeline_id = view.group_by === 'pipeline' && group ? group.id : view.pipeline_id
    const filters = forecastFilters({ ...cell, pipeline_id, owner_ids: owners }, pipelines)
    return `${paths.deals}?filter=${encodeURIComponent(JSON.stringify(filters))}`
  }
}

type Owners = readonly (string | null)[] | undefined

function ownersOf(
  { who, group_by }: ForecastView,
  me: string,
  teams: readonly Team[] | undefined,
  group: Cell['group'],
): Owners {
  const asked = askedOwners(who, me, teams)
  if (!group || group_by === 'none' || group_by === 'pipeline') return asked
  const own = group_by === 'owner' ? [group.id] : (group.member_ids ?? [])
  return asked ? own.filter((id) => asked.includes(id)) : own
}

function askedOwners(who: string | null, me: string, teams: readonly Team[] | undefined): Owners {
  if (who === null) return undefined
  if (who === 'me') return [me]
  if (who === 'nobody') return [null]
  if (!who.startsWith('team:')) return [who]
  return teams?.find(({ id }) => `team:${id}` === who)?.member_ids ?? []
}
