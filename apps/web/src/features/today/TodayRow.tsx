import type { Cadence, DueFollowUp } from '@rapport/contracts'
import { AlarmClock, Check, MessageCircle, Phone } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Button, buttonClass } from '../../ui/Button.tsx'
import { cx } from '../../ui/cx.ts'
import { useFormat } from '../../ui/format.ts'
import { IconButton } from '../../ui/IconButton.tsx'
import { channelIcons } from '../follow-ups/channelIcons.ts'
import { callLink, messageLink } from '../follow-ups/reach.ts'
import { SnoozeMenu } from '../follow-ups/SnoozeMenu.tsx'
import type { FollowUpWork } from '../follow-ups/useFollowUpWork.tsx'
import { LocalTime } from './LocalTime.tsx'
import { useShortTime } from './useShortTime.ts'

type Props = {
  followUp: DueFollowUp
  group: 'overdue' | 'due' | 'upcoming'
  cadence: Cadence
  now: Date
  selected: boolean
  onSelect: () => void
  onOpen: () => void
  work: FollowUpWork
}

/** Whom, how and when, what time it is there, and all that can be done about it. */
export function TodayRow(props: Props) {
  const { followUp, group, cadence, now, selected, onSelect, onOpen } = props
  const { t } = useTranslation()
  const format = useFormat()
  const { subject, number, channel, due_at, note } = followUp
  const Icon = channelIcons[channel]
  const shortTime = useShortTime()
  return (
    <li
      className={cx(
        'flex flex-wrap items-center gap-x-3 gap-y-1 border-b border-line px-2 py-2',
        selected && 'bg-selected',
      )}
    >
      <Icon className="size-4 shrink-0 text-faint" strokeWidth={1.75} aria-hidden />
      <button
        type="button"
        data-row={followUp.id}
        onFocus={onSelect}
        onClick={onOpen}
        className="flex min-h-9 min-w-48 flex-1 flex-col justify-center rounded-small text-left hover:underline"
      >
        <span className="max-w-full truncate text-13 font-medium">
          {subject.title}
          {subject.company_name ? <span className="text-muted"> · {subject.company_name}</span> : null}
        </span>
        <span className="max-w-full truncate text-12 text-muted">
          <time
            dateTime={due_at}
            title={format.dateTime(due_at)}
            className={cx('tabular', group === 'overdue' && 'text-danger-ink')}
          >
            {shortTime(due_at, now)}
          </time>{' '}
          · {t(`followUps.channel.${channel}`)} · {t('followUps.number', { number })}
          {note ? (
            <>
              {' · '}
              <span>{note}</span>
            </>
          ) : null}
        </span>
      </button>
      {subject.time_zone ? <LocalTime time_zone={subject.time_zone} cadence={cadence} now={now} /> : null}
      <Actions {...props} />
    </li>
  )
}

function Actions({ followUp, work }: Props) {
  const { t } = useTranslation()
  const { title } = followUp.subject
  const [call, message] = [callLink(followUp), messageLink(followUp)]
  const link = cx(buttonClass('ghost', 'small'), 'w-control-small px-0!')
  return (
    <span className="ml-auto flex items-center gap-1">
      {call ? (
        <a href={call} className={link} aria-label={t('today.call', { name: title })}>
          <Phone className="size-4" strokeWidth={1.75} aria-hidden />
        </a>
      ) : null}
      {message ? (
        <a
          href={message}
          className={link}
          aria-label={t('today.message', { name: title })}
          {...(message.startsWith('https:') ? { target: '_blank', rel: 'noopener' } : {})}
        >
          <MessageCircle className="size-4" strokeWidth={1.75} aria-hidden />
        </a>
      ) : null}
      {followUp.can.update ? (
        <>
          <SnoozeMenu
            due_at={followUp.due_at}
            trigger={
              <IconButton
                icon={AlarmClock}
                size="small"
                label={t('today.snooze', { name: title })}
                data-snooze={followUp.id}
              />
            }
            onSnooze={(due_at) => work.snooze(followUp, due_at)}
            onEdit={() => work.edit(followUp)}
          />
          <Button size="small" icon={Check} onClick={() => work.log(followUp)}>
            {t('followUps.log')}
            <span className="sr-only">: {title}</span>
          </Button>
        </>
      ) : null}
    </span>
  )
}
