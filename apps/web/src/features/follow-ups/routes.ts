import type { RouteObject } from 'react-router'
import { paths } from '../../app/paths.ts'
import { queryClient } from '../../app/queryClient.ts'
import { withSession } from '../../app/requireSession.ts'
import { cadenceQuery } from './api.ts'

export const followUpRoutes: RouteObject[] = [
  {
    path: paths.followUps,
    loader: withSession(() => queryClient.ensureQueryData(cadenceQuery)),
    lazy: async () => ({ Component: (await import('./CadencePage.tsx')).CadencePage }),
  },
]
