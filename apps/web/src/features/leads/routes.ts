import type { RouteObject } from 'react-router'
import { holds } from '../../app/fieldAccess.ts'
import { paths } from '../../app/paths.ts'
import { queryClient } from '../../app/queryClient.ts'
import { withSession } from '../../app/requireSession.ts'
import { membersQuery } from '../members/api.ts'
import { pipelinesQuery } from '../pipelines/api.ts'
import { leadQuery } from './api.ts'

/** What every lead screen needs to name people and stages. */
export const prepareLeads = async () => {
  // Who may not see the members sees leads without their owners' names.
  await Promise.all([
    holds('members:read') ? queryClient.ensureQueryData(membersQuery) : undefined,
    queryClient.ensureQueryData(pipelinesQuery),
  ])
}

export const leadRoutes: RouteObject[] = [
  {
    path: paths.leads,
    loader: withSession(prepareLeads),
    shouldRevalidate: ({ currentUrl, nextUrl }) => currentUrl.pathname !== nextUrl.pathname,
    lazy: async () => ({ Component: (await import('./LeadsPage.tsx')).LeadsPage }),
  },
  {
    path: paths.lead(':id'),
    loader: withSession(async ({ params }) => {
      await Promise.all([prepareLeads(), queryClient.ensureQueryData(leadQuery(params['id'] ?? ''))])
    }),
    lazy: async () => ({ Component: (await import('./LeadPage.tsx')).LeadPage }),
  },
]
