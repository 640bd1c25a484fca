import { Bell } from 'lucide-react'
import { lazy, Suspense, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { goOnPushing } from '../../app/push.ts'
import { useMay, useMe } from '../../app/session.ts'
import { IconButton } from '../../ui/IconButton.tsx'
import { useHotkeys } from '../../ui/useHotkeys.ts'
import { useHead } from './api.ts'
import { endMessages, useNotificationEvents } from './useNotificationEvents.ts'

const NotificationCentre = lazy(async () => ({
  default: (await import('./NotificationCentre.tsx')).NotificationCentre,
}))

const mostShown = 99

export function NotificationBell() {
  return useMay('organization:read') ? <Bells /> : null
}

function Bells() {
  const { t } = useTranslation()
  const [open, setOpen] = useState(false)
  const [asked, setAsked] = useState(false)
  const unread = useHead()?.unread ?? 0
  useNotificationEvents()
  const user_id = useMe().user.id
  useEffect(() => {
    // What cannot go on now is tried again with the next page; the settings show how it stands.
    goOnPushing(user_id).catch(() => undefined)
  }, [user_id])
  const show = () => {
    setAsked(true)
    setOpen(true)
    endMessages()
  }
  useHotkeys([{ keys: 'g n', label: t('notifications.open'), group: t('shell.shortcuts.go'), run: show }])
  return (
    <>
      <span className="relative inline-flex">
        <IconButton
          icon={Bell}
          label={unread > 0 ? t('notifications.open_unread', { count: unread }) : t('notifications.open')}
          shortcut="g n"
          onClick={show}
        />
        {unread > 0 ? (
          <span
            aria-hidden
            className="pointer-events-none absolute top-0 right-0 inline-flex h-4 min-w-4 items-center justify-center rounded-full bg-accent px-1 text-11 leading-none font-semibold text-on-accent tabular"
          >
            {unread > mostShown ? `${mostShown}+` : unread}
          </span>
        ) : null}
      </span>
      {asked ? (
        <Suspense fallback={null}>
          <NotificationCentre open={open} onOpenChange={setOpen} />
        </Suspense>
      ) : null}
    </>
  )
}
