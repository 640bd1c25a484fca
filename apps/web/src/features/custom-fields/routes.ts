import type { RouteObject } from 'react-router'
import { paths } from '../../app/paths.ts'
import { queryClient } from '../../app/queryClient.ts'
import { withSession } from '../../app/requireSession.ts'
import { customFieldsQuery } from './api.ts'

export const customFieldRoutes: RouteObject[] = [
  {
    path: paths.fields,
    loader: withSession(() => queryClient.ensureQueryData(customFieldsQuery)),
    lazy: async () => ({ Component: (await import('./FieldsPage.tsx')).FieldsPage }),
  },
]
