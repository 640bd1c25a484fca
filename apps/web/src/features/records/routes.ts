import type { RouteObject } from 'react-router'
import { holds } from '../../app/fieldAccess.ts'
import { paths } from '../../app/paths.ts'
import { queryClient } from '../../app/queryClient.ts'
import { withSession } from '../../app/requireSession.ts'
import { membersQuery } from '../members/api.ts'
import { pipelinesQuery } from '../pipelines/api.ts'
import { companyStore, contactStore, dealStore, leadStore, productStore, type RecordStore } from './stores.ts'

/** What every screen of records needs to name people and stages. */
export const prepareRecords = async () => {
  await Promise.all([
    holds('members:read') ? queryClient.ensureQueryData(membersQuery) : undefined,
    holds('pipelines:read') ? queryClient.ensureQueryData(pipelinesQuery) : undefined,
  ])
}

function routesOf(
  store: RecordStore,
  list: { path: string; lazy: () => Promise<{ Component: () => React.ReactNode }> },
  single: { path: string; lazy: () => Promise<{ Component: () => React.ReactNode }> },
): RouteObject[] {
  return [
    {
      ...list,
      loader: withSession(prepareRecords),
      shouldRevalidate: ({ currentUrl, nextUrl }) => currentUrl.pathname !== nextUrl.pathname,
    },
    {
      ...single,
      loader: withSession(async ({ params }) => {
        const query = store.recordQuery(params['id'] ?? '')
        await Promise.all([prepareRecords(), queryClient.ensureQueryData(query)])
      }),
    },
  ]
}

export const recordRoutes: RouteObject[] = [
  ...routesOf(
    leadStore,
    { path: paths.leads, lazy: async () => ({ Component: (await import('./LeadsPage.tsx')).LeadsPage }) },
    {
      path: paths.lead(':id'),
      lazy: async () => ({ Component: (await import('./LeadsPage.tsx')).LeadPage }),
    },
  ),
  ...routesOf(
    contactStore,
    {
      path: paths.contacts,
      lazy: async () => ({ Component: (await import('./ContactsPage.tsx')).ContactsPage }),
    },
    {
      path: paths.contact(':id'),
      lazy: async () => ({ Component: (await import('./ContactsPage.tsx')).ContactPage }),
    },
  ),
  ...routesOf(
    companyStore,
    {
      path: paths.companies,
      lazy: async () => ({ Component: (await import('./CompaniesPage.tsx')).CompaniesPage }),
    },
    {
      path: paths.company(':id'),
      lazy: async () => ({ Component: (await import('./CompaniesPage.tsx')).CompanyPage }),
    },
  ),
  ...routesOf(
    dealStore,
    { path: paths.deals, lazy: async () => ({ Component: (await import('./DealsPage.tsx')).DealsPage }) },
    {
      path: paths.deal(':id'),
      lazy: async () => ({ Component: (await import('./DealsPage.tsx')).DealPage }),
    },
  ),
  ...routesOf(
    productStore,
    {
      path: paths.products,
      lazy: async () => ({ Component: (await import('./ProductsPage.tsx')).ProductsPage }),
    },
    {
      path: paths.product(':id'),
      lazy: async () => ({ Component: (await import('./ProductsPage.tsx')).ProductPage }),
    },
  ),
]
