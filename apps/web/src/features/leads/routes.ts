import type { RouteObject } from 'react-router'
import { paths } from '../../app/paths.ts'
import { queryClient } from '../../app/queryClient.ts'
import { membersQuery } from '../members/api.ts'
import { pipelinesQuery } from '../pipelines/api.ts'
import { leadQuery } from './api.ts'

/** What every lead screen needs to name people and stages. */
const prepare = async () => {
  await Promise.all([queryClient.ensureQueryData(membersQuery), queryClient.ensureQueryData(pipelinesQuery)])
  return null
}

export const leadRoutes: RouteObject[] = [
  {
    path: paths.leads,
    loader: prepare,
    shouldRevalidate: ({ currentUrl, nextUrl }) => currentUrl.pathname !== nextUrl.pathname,
    lazy: async () => ({ Component: (await import('./LeadsPage.tsx')).LeadsPage }),
  },
  {
    path: paths.lead(':id'),
    loader: async ({ params }) => {
      await Promise.all([prepare(), queryClient.ensureQueryData(leadQuery(params['id'] ?? ''))])
      return null
    },
    lazy: async () => ({ Component: (await import('./LeadPage.tsx')).LeadPage }),
  },
]
