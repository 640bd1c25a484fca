import type { NotificationType } from '@rapport/contracts'
import { redirect, type RouteObject } from 'react-router'
import { paths } from '../../app/paths.ts'
import { queryClient } from '../../app/queryClient.ts'
import { requireSession, withSession } from '../../app/requireSession.ts'
import { mark, settingsQuery } from './api.ts'
import { placeOf } from './places.ts'
import { devicesQuery } from './pushDevices.ts'

export const notificationRoutes: RouteObject[] = [
  {
    path: paths.notifications,
    loader: withSession(() =>
      Promise.all([queryClient.ensureQueryData(settingsQuery), queryClient.fetchQuery(devicesQuery)]),
    ),
    lazy: async () => ({ Component: (await import('./SettingsPage.tsx')).SettingsPage }),
  },
]

/** For whoever has a mail in hand, logged in or not. */
export const unsubscribeRoutes: RouteObject[] = [
  {
    path: paths.unsubscribe,
    lazy: async () => ({ Component: (await import('./UnsubscribePage.tsx')).UnsubscribePage }),
  },
]

/** Where a push leads: on to what it is about, which is read by that. */
export const toldRoutes: RouteObject[] = [
  {
    path: paths.told,
    async loader(args) {
      const elsewhere = await requireSession(args)
      if (elsewhere) return elsewhere
      const query = new URL(args.request.url).searchParams
      const about = { object: query.get('object') ?? '', record_id: query.get('id') }
      // Where it fails, it stays unread.
      void mark({ group: about }).catch(() => undefined)
      const outcome = {
        type: query.get('type') as NotificationType,
        data: { object: query.get('of') },
      }
      return redirect(placeOf(about, query.get('message'), outcome) ?? paths.today)
    },
  },
]
