import type { RouteObject } from 'react-router'
import { paths } from '../../app/paths.ts'
import { queryClient } from '../../app/queryClient.ts'
import { membersQuery } from '../members/api.ts'
import { pipelinesQuery } from '../pipelines/api.ts'

export const boardRoutes: RouteObject[] = [
  {
    path: paths.board,
    loader: async () => {
      await Promise.all([
        queryClient.ensureQueryData(membersQuery),
        queryClient.ensureQueryData(pipelinesQuery),
      ])
      return null
    },
    shouldRevalidate: ({ currentUrl, nextUrl }) => currentUrl.pathname !== nextUrl.pathname,
    lazy: async () => ({ Component: (await import('./BoardPage.tsx')).BoardPage }),
  },
]
