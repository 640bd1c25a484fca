import { createBrowserRouter } from 'react-router'
import type { RouteObject } from 'react-router'
import { accountRoutes } from '../features/account/routes.ts'
import { apiKeyRoutes } from '../features/api-keys/routes.ts'
import { assignmentRoutes } from '../features/assignment/routes.ts'
import { auditRoutes } from '../features/audit/routes.ts'
import { authRoutes } from '../features/auth/routes.ts'
import { boardRoutes } from '../features/board/routes.ts'
import { chatRoutes } from '../features/chat/routes.ts'
import { customFieldRoutes } from '../features/custom-fields/routes.ts'
import { customObjectRoutes } from '../features/custom-objects/routes.ts'
import { dashboardRoutes } from '../features/dashboard/routes.ts'
import { exportRoutes } from '../features/exports/routes.ts'
import { duplicateRoutes } from '../features/duplicates/routes.ts'
import { featureRoutes } from '../features/features/routes.ts'
import { followUpRoutes } from '../features/follow-ups/routes.ts'
import { forecastRoutes } from '../features/forecast/routes.ts'
import { goalRoutes } from '../features/goals/routes.ts'
import { importRoutes } from '../features/imports/routes.ts'
import { acceptRoutes, memberRoutes } from '../features/members/routes.ts'
import { notificationRoutes, toldRoutes, unsubscribeRoutes } from '../features/notifications/routes.ts'
import { organizationRoutes, outsideRoutes } from '../features/organization/routes.ts'
import { pipelineRoutes } from '../features/pipelines/routes.ts'
import { privacyRoutes } from '../features/privacy/routes.ts'
import { recordRoutes } from '../features/records/routes.ts'
import { roleRoutes } from '../features/roles/routes.ts'
import { signInRoutes } from '../features/security/routes.ts'
import { tagRoutes } from '../features/tags/routes.ts'
import { teamRoutes } from '../features/teams/routes.ts'
import { todayRoutes } from '../features/today/routes.ts'
import { AppLayout } from './AppLayout.tsx'
import { AppSkeleton } from './AppSkeleton.tsx'
import { paths } from './paths.ts'
import { NotFoundPage, RouteError } from './RouteError.tsx'
import { SettingsIndex, SettingsLayout } from './SettingsLayout.tsx'
import { goHome, requireSession } from './requireSession.ts'

/** The pages below /settings, beside their own list. */
const settingsRoutes: RouteObject[] = [
  ...accountRoutes,
  ...notificationRoutes,
  ...exportRoutes,
  ...organizationRoutes,
  ...memberRoutes,
  ...tagRoutes,
  ...teamRoutes,
  ...roleRoutes,
  ...pipelineRoutes,
  ...customFieldRoutes,
  ...followUpRoutes,
  ...assignmentRoutes,
  ...goalRoutes,
  ...customObjectRoutes,
  ...featureRoutes,
  ...privacyRoutes,
  ...auditRoutes,
  ...apiKeyRoutes,
]

/** The pages behind log-in. Each feature brings its routes, lazily, and is named here. */
const appRoutes: RouteObject[] = [
  { index: true, loader: goHome },
  ...toldRoutes,
  ...todayRoutes,
  ...dashboardRoutes,
  ...recordRoutes,
  ...chatRoutes,
  ...boardRoutes,
  ...forecastRoutes,
  ...importRoutes,
  ...duplicateRoutes,
  {
    path: paths.settings,
    Component: SettingsLayout,
    children: [{ index: true, Component: SettingsIndex }, ...settingsRoutes],
  },
]

/** The gallery of the kit; the condition lets the bundler drop it from production builds. */
const kitRoutes: RouteObject[] = import.meta.env.DEV
  ? [{ path: paths.kit, lazy: async () => ({ Component: (await import('../kit/KitPage.tsx')).KitPage }) }]
  : []

export const router = createBrowserRouter([
  {
    ErrorBoundary: RouteError,
    HydrateFallback: AppSkeleton,
    children: [
      ...authRoutes,
      ...signInRoutes,
      ...acceptRoutes,
      ...outsideRoutes,
      ...unsubscribeRoutes,
      ...kitRoutes,
      {
        path: paths.home,
        loader: requireSession,
        shouldRevalidate: () => false,
        Component: AppLayout,
        children: [
          {
            // A page that fails leaves the sidebar and the top bar standing.
            ErrorBoundary: RouteError,
            children: [...appRoutes, { path: '*', Component: NotFoundPage }],
          },
        ],
      },
    ],
  },
])
