import type { Dashboard, FigureName, PlacedWidget } from '@rapport/contracts'
import { keepPreviousData, queryOptions, useMutation } from '@tanstack/react-query'
import { queryClient } from '../../app/queryClient.ts'
import { rapport } from '../../app/rapport.ts'
import { figuresKey } from '../forecast/api.ts'

export const dashboardQuery = queryOptions({
  queryKey: ['dashboard'],
  queryFn: ({ signal }) => rapport.dashboards.get({ signal }),
})

const arranging = ['dashboard', 'arrange'] as const

/** Shown at once; a refusal puts back what the server has. An answer that is older than what is shown is not taken. */
export const useArrange = () =>
  useMutation({
    mutationKey: arranging,
    mutationFn: (widgets: PlacedWidget[]) => rapport.dashboards.arrange({ body: { widgets } }),
    scope: { id: 'dashboard' },
    onMutate: async (widgets) => {
      await queryClient.cancelQueries({ queryKey: dashboardQuery.queryKey })
      queryClient.setQueryData<Dashboard>(
        dashboardQuery.queryKey,
        (known) => known && { ...known, widgets, is_default: false },
      )
    },
    onSuccess: (arranged) => {
      if (queryClient.isMutating({ mutationKey: arranging }) === 1)
        queryClient.setQueryData<Dashboard>(dashboardQuery.queryKey, arranged)
    },
    onError: () => queryClient.invalidateQueries({ queryKey: dashboardQuery.queryKey }),
  })

export const useReset = () =>
  useMutation({
    mutationFn: () => rapport.dashboards.arrange({ body: { widgets: null } }),
    scope: { id: 'dashboard' },
    onSuccess: (begun) => queryClient.setQueryData<Dashboard>(dashboardQuery.queryKey, begun),
  })

export type FiguresPeriod = 'month' | 'quarter' | 'year'
export type Whose = 'me' | undefined

const byOwner = (owner_id: Whose) => (owner_id === undefined ? {} : { owner_id })

/** All figures on screen in one question. */
export const figuresQuery = (names: readonly FigureName[], period: FiguresPeriod, owner_id: Whose) =>
  queryOptions({
    queryKey: [figuresKey, 'figures', names.join(), period, owner_id],
    queryFn: async ({ signal }) =>
      (await rapport.figures.list({ query: { names: names.join(), period, ...byOwner(owner_id) }, signal }))
        .items,
    placeholderData: keepPreviousData,
  })

export const activityQuery = (owner_id: Whose) =>
  queryOptions({
    queryKey: [figuresKey, 'activity', owner_id],
    queryFn: async ({ signal }) =>
      (await rapport.figures.activity({ query: { days: '14', ...byOwner(owner_id) }, signal })).items,
  })

export const recentQuery = queryOptions({
  queryKey: [figuresKey, 'recent'],
  queryFn: async ({ signal }) => (await rapport.figures.recent({ query: { limit: '8' }, signal })).items,
})

type Groups = { object: 'leads' | 'deals'; group_by: string; filter: object }

export const groupsQuery = ({ object, group_by, filter }: Groups) =>
  queryOptions({
    queryKey: [figuresKey, 'groups', object, group_by, filter],
    queryFn: ({ signal }) =>
      rapport[object].groups({ query: { group_by, filter: JSON.stringify(filter) }, signal }),
    placeholderData: keepPreviousData,
  })
