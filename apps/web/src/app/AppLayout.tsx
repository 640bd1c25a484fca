import { Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import { Outlet } from 'react-router'
import { AppCommands } from './AppCommands.tsx'
import { BottomBar } from './BottomBar.tsx'
import { ConnectionBanner } from './ConnectionBanner.tsx'
import { PageSkeleton } from './AppSkeleton.tsx'
import { useFormatSettings } from './formatSettings.ts'
import { useLiveUpdates } from './live.ts'
import { useFollowPreferences } from './preferences.ts'
import { useRealtimeConnection } from './realtime.ts'
import { RouteAnnouncer } from './RouteAnnouncer.tsx'
import { Sidebar } from './Sidebar.tsx'
import { TopBar } from './TopBar.tsx'
import { useMembershipEnd } from './useMembershipEnd.ts'
import { useSessionEnd } from './useSessionEnd.ts'
import { VerificationBanner } from './VerificationBanner.tsx'
import { JobToasts } from '../features/bulk/JobToasts.tsx'
import { DisputeDialog } from '../features/records/DisputeDialog.tsx'
import { FormatSettingsContext } from '../ui/format.ts'

const MAIN_ID = 'main'

/** Sidebar, top bar, page; on a phone the bar at the bottom takes the sidebar's place. */
export function AppLayout() {
  const { t } = useTranslation()
  useSessionEnd()
  useRealtimeConnection()
  useLiveUpdates()
  useFollowPreferences()
  useMembershipEnd()
  const formatSettings = useFormatSettings()
  return (
    <FormatSettingsContext value={formatSettings}>
      <div className="flex h-dvh bg-app">
        <a
          href={`#${MAIN_ID}`}
          className="float-surface fixed top-2 left-2 z-60 -translate-y-16 px-3 py-1.5 text-13 font-medium focus:translate-y-0"
        >
          {t('shell.skip')}
        </a>
        <AppCommands>
          <Sidebar />
          <div className="flex min-w-0 flex-1 flex-col bg-base md:border-l md:border-line">
            <ConnectionBanner />
            <VerificationBanner />
            <TopBar />
            <main id={MAIN_ID} tabIndex={-1} className="min-h-0 flex-1 outline-none">
              <Suspense fallback={<PageSkeleton />}>
                <Outlet />
              </Suspense>
            </main>
            <BottomBar />
          </div>
        </AppCommands>
        <RouteAnnouncer />
        <DisputeDialog />
        <JobToasts />
      </div>
    </FormatSettingsContext>
  )
}
