import type { RouteObject } from 'react-router'
import { paths } from '../../app/paths.ts'
import { queryClient } from '../../app/queryClient.ts'
import { withSession } from '../../app/requireSession.ts'
import { settingsQuery } from './api.ts'

export const notificationRoutes: RouteObject[] = [
  {
    path: paths.notifications,
    loader: withSession(() => queryClient.ensureQueryData(settingsQuery)),
    lazy: async () => ({ Component: (await import('./SettingsPage.tsx')).SettingsPage }),
  },
]
