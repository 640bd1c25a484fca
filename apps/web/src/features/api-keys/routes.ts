import type { RouteObject } from 'react-router'
import { paths } from '../../app/paths.ts'
import { queryClient } from '../../app/queryClient.ts'
import { withSession } from '../../app/requireSession.ts'
import { apiKeysQuery } from './api.ts'

export const apiKeyRoutes: RouteObject[] = [
  {
    path: paths.apiKeys,
    loader: withSession(() => queryClient.ensureQueryData(apiKeysQuery)),
    lazy: async () => ({ Component: (await import('./ApiKeysPage.tsx')).ApiKeysPage }),
  },
]
