import type { Notification, NotificationGroup, NotificationType } from '@rapport/contracts'
import {
  AtSign,
  BellRing,
  CalendarClock,
  Check,
  CircleDot,
  FileInput,
  FileOutput,
  Layers,
  ListX,
  MessageSquare,
  Milestone,
  ShieldCheck,
  SquareCheckBig,
  Trophy,
  UserRoundCheck,
  UsersRound,
  type LucideIcon,
} from 'lucide-react'
import type { KeyboardEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { cx } from '../../ui/cx.ts'
import { useFormat } from '../../ui/format.ts'
import { IconButton } from '../../ui/IconButton.tsx'
import { useMarking } from './useMarking.ts'
import { placeOf } from './places.ts'
import { useNotificationWords } from './words.ts'

const icons: Record<NotificationType, LucideIcon> = {
  mentioned_in_note: AtSign,
  mentioned_in_chat: AtSign,
  chat_message: MessageSquare,
  chat_reminder: BellRing,
  record_assigned: UserRoundCheck,
  task_assigned: SquareCheckBig,
  follow_up_due: CalendarClock,
  task_due: SquareCheckBig,
  stage_changed: Milestone,
  record_won: Trophy,
  record_lost: Milestone,
  import_ended: FileInput,
  export_ended: FileOutput,
  scan_ended: Layers,
  change_failed: ListX,
  account_secured: ShieldCheck,
  member_joined: UsersRound,
}

type Props = { group: NotificationGroup; onOpen: (path: string) => void }

/** What happened to one thing: the newest first, opened by a press, and then read. */
export function GroupRow({ group, onOpen }: Props) {
  const { t } = useTranslation()
  const format = useFormat()
  const { titleOf } = useNotificationWords()
  const mark = useMarking()
  const { object, record_id, count, unread, latest } = group
  const [newest] = latest
  if (!newest) return null
  const Icon = icons[newest.type]
  const path = placeOf(group, null, newest)
  const about = { group: { object, record_id } }
  const open = () => {
    if (unread > 0) mark(about)
    if (path !== null) onOpen(path)
  }
  return (
    <li className="group relative flex items-start border-b border-line last:border-0 hover:bg-hover">
      <button
        type="button"
        data-row
        onClick={open}
        onKeyDown={moveFocus}
        className="flex min-w-0 flex-1 items-start gap-3 px-4 py-2.5 pr-12 text-left -outline-offset-2"
      >
        <span
          className={cx(
            'mt-0.5 inline-flex size-7 shrink-0 items-center justify-center rounded-full',
            unread > 0 ? 'bg-accent-soft text-accent-ink' : 'bg-sunken text-faint',
          )}
        >
          <Icon className="size-4" strokeWidth={1.75} aria-hidden />
        </span>
        <span className="flex min-w-0 flex-1 flex-col gap-0.5">
          <span className="flex min-w-0 items-baseline gap-2">
            <span
              className={cx('min-w-0 flex-1 truncate text-13', unread > 0 ? 'font-semibold' : 'text-muted')}
            >
              {titleOf(group)}
            </span>
            <time dateTime={newest.created_at} className="shrink-0 text-12 text-faint">
              {format.ago(newest.created_at)}
            </time>
          </span>
          {latest.map((one) => (
            <Line key={one.id} one={one} />
          ))}
          {count > latest.length ? (
            <span className="text-12 text-faint">
              {t('notifications.earlier', { count: count - latest.length })}
            </span>
          ) : null}
          {unread > 0 ? (
            <span className="sr-only">{t('notifications.unread', { count: unread })}</span>
          ) : null}
        </span>
      </button>
      <span className="absolute top-2 right-2 inline-flex">
        <IconButton
          size="small"
          icon={unread > 0 ? Check : CircleDot}
          label={t(unread > 0 ? 'notifications.mark_read' : 'notifications.mark_unread', {
            title: titleOf(group),
          })}
          onClick={() => mark(unread > 0 ? about : { ids: [newest.id], read: false })}
          className={cx(
            unread > 0 ? 'text-accent-ink' : 'md:opacity-0 md:group-hover:opacity-100 md:focus:opacity-100',
          )}
        />
      </span>
    </li>
  )
}

function Line({ one }: { one: Notification }) {
  const { sentenceOf } = useNotificationWords()
  return (
    <span className={cx('line-clamp-2 text-12', one.read_at === null ? 'text-ink' : 'text-muted')}>
      {sentenceOf(one)}
    </span>
  )
}

/** The arrows go through the list. */
function moveFocus(event: KeyboardEvent<HTMLButtonElement>): void {
  const by = { ArrowDown: 1, ArrowUp: -1 }[event.key]
  const list = event.currentTarget.closest('ul')
  if (by === undefined || !list) return
  const rows = [...list.querySelectorAll<HTMLElement>('[data-row]')]
  rows[rows.indexOf(event.currentTarget) + by]?.focus()
  event.preventDefault()
}
