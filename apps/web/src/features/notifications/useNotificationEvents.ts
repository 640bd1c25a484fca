import type { Notification, NotificationGroup, RapportEvent } from '@rapport/contracts'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { queryClient } from '../../app/queryClient.ts'
import { useEvents } from '../../app/realtime.ts'
import { isLookedAt, onLooking } from '../../app/shown.ts'
import { notify } from '../../ui/notify.ts'
import { showUnread } from '../../ui/usePageTitle.ts'
import { headQuery, mark, readNotificationsAgain, useHead } from './api.ts'
import { playSound } from './sound.ts'
import { messageOf, placeOf } from './places.ts'
import { useNotificationWords } from './words.ts'

const shown_ms = 20_000
/** The messages on screen, by the notification that each tells. */
const told = new Set<string>()
const toastOf = (id: string) => `notification ${id}`

/** Whoever looks at the list sees them there. */
export function endMessages(): void {
  for (const id of told) notify.end(toastOf(id))
}

/** Tells what is new, wherever one is; what one looks at already is read. Belongs once into the shell. */
export function useNotificationEvents(): void {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const words = useNotificationWords()
  const head = useHead()
  const unread = head?.unread ?? 0

  const tell = (group: NotificationGroup, one: Notification) => {
    const path = placeOf(group, messageOf(one), one)
    const open = () => {
      notify.end(toastOf(one.id))
      void mark({ group: { object: group.object, record_id: group.record_id } }).catch(() => undefined)
      if (path !== null) void navigate(path)
    }
    told.add(one.id)
    notify.stand(toastOf(one.id), {
      title: words.headlineOf(group, one),
      description: words.detailOf(group, one),
      timeout: shown_ms,
      onClose: () => told.delete(one.id),
      data: { kind: 'news', actions: path === null ? [] : [{ label: t('notes.open'), run: open }] },
    })
  }

  const hear = async ({ record, data }: RapportEvent) => {
    const { items } = await queryClient.fetchQuery({ ...headQuery, staleTime: 0 })
    const group = items.find(({ latest }) => latest.some(({ id }) => id === record.id))
    const one = group?.latest.find(({ id }) => id === record.id)
    if (!group || !one || one.read_at !== null || isLookedAt(group.object, group.record_id)) return
    if (data['toast'] === true) tell(group, one)
    if (data['sound'] === true) playSound(one.id)
  }

  useEvents((event) => {
    if (event.record.object !== 'notification') return
    readNotificationsAgain()
    // What cannot be told now stands in the list all the same.
    if (event.type === 'notification.created') hear(event).catch(() => undefined)
  })
  useReadWhatIsShown()
  useEffect(() => {
    const still = new Set(
      head?.items.flatMap(({ latest }) =>
        latest.filter(({ read_at }) => read_at === null).map(({ id }) => id),
      ),
    )
    for (const id of told) if (!still.has(id)) notify.end(toastOf(id))
  }, [head])
  useEffect(() => showUnread(unread), [unread])
}

/** Whoever opens a record has seen what there was to tell of it. */
function useReadWhatIsShown(): void {
  const head = useHead()
  useEffect(() => {
    const look = () => {
      for (const { object, record_id, unread } of head?.items ?? [])
        if (unread > 0 && isLookedAt(object, record_id))
          // Where it fails, it is tried again with the next look.
          mark({ group: { object, record_id } }).catch(() => undefined)
    }
    look()
    return onLooking(look)
  }, [head])
}
