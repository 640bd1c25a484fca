import type { RouteObject } from 'react-router'
import { holds } from '../../app/fieldAccess.ts'
import { paths } from '../../app/paths.ts'
import { queryClient } from '../../app/queryClient.ts'
import { withSession } from '../../app/requireSession.ts'
import { membersQuery } from '../members/api.ts'
import { pipelinesQuery } from '../pipelines/api.ts'
import {
  companyStore,
  contactStore,
  dealStore,
  leadStore,
  productStore,
  taskStore,
  type RecordStore,
} from './stores.ts'
import { customFieldsQuery } from '../custom-fields/api.ts'
import { customObjectsQuery } from '../custom-objects/api.ts'
import { kindOf, type RecordKind } from './kinds.ts'
import { viewsQuery } from '../views/api.ts'

/** What every screen of records needs to name people and stages. */
export const prepareRecords = async () => {
  await Promise.all([
    holds('members:read') ? queryClient.ensureQueryData(membersQuery) : undefined,
    holds('custom_fields:read') ? queryClient.ensureQueryData(customFieldsQuery) : undefined,
    holds('custom_objects:read') ? queryClient.ensureQueryData(customObjectsQuery) : undefined,
    holds('pipelines:read') ? queryClient.ensureQueryData(pipelinesQuery) : undefined,
  ])
}

/** With which view a list begins must be known before it is asked for. */
const prepareViews = async (object: string) =>
  holds('views:read') ? queryClient.ensureQueryData(viewsQuery(object)) : undefined

function routesOf(
  object: string,
  store: RecordStore,
  list: { path: string; lazy: () => Promise<{ Component: () => React.ReactNode }> },
  single: { path: string; lazy: () => Promise<{ Component: () => React.ReactNode }> },
): RouteObject[] {
  return [
    {
      ...list,
      loader: withSession(async () => {
        await Promise.all([prepareRecords(), prepareViews(object)])
      }),
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

/** A kind is known when the organization's objects are; of one that is not there, the page says so. */
async function prepareOwn(object = ''): Promise<RecordKind | undefined> {
  await prepareRecords()
  const kind = kindOf(object)
  return kind?.own && kind
}

const ownRoutes: RouteObject[] = [
  {
    path: paths.ownRecords(':object'),
    lazy: async () => ({ Component: (await import('./OwnPages.tsx')).OwnRecordsPage }),
    loader: withSession(async ({ params }) => {
      const kind = await prepareOwn(params['object'])
      if (kind) await prepareViews(kind.object)
    }),
    shouldRevalidate: ({ currentUrl, nextUrl }) => currentUrl.pathname !== nextUrl.pathname,
  },
  {
    path: paths.ownRecord(':object', ':id'),
    lazy: async () => ({ Component: (await import('./OwnPages.tsx')).OwnRecordPage }),
    loader: withSession(async ({ params }) => {
      const kind = await prepareOwn(params['object'])
      if (kind) await queryClient.ensureQueryData(kind.store.recordQuery(params['id'] ?? ''))
    }),
  },
]

export const recordRoutes: RouteObject[] = [
  ...ownRoutes,
  ...routesOf(
    'lead',
    leadStore,
    { path: paths.leads, lazy: async () => ({ Component: (await import('./LeadsPage.tsx')).LeadsPage }) },
    {
      path: paths.lead(':id'),
      lazy: async () => ({ Component: (await import('./LeadsPage.tsx')).LeadPage }),
    },
  ),
  ...routesOf(
    'contact',
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
    'company',
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
    'deal',
    dealStore,
    { path: paths.deals, lazy: async () => ({ Component: (await import('./DealsPage.tsx')).DealsPage }) },
    {
      path: paths.deal(':id'),
      lazy: async () => ({ Component: (await import('./DealsPage.tsx')).DealPage }),
    },
  ),
  ...routesOf(
    'product',
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
  ...routesOf(
    'task',
    taskStore,
    { path: paths.tasks, lazy: async () => ({ Component: (await import('./TasksPage.tsx')).TasksPage }) },
    {
      path: paths.task(':id'),
      lazy: async () => ({ Component: (await import('./TasksPage.tsx')).TaskPage }),
    },
  ),
]
