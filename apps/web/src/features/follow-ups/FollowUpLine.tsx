import type { FollowUp } from '@rapport/contracts'
import { AlarmClock, Check, RotateCcw } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Badge } from '../../ui/Badge.tsx'
import { Button } from '../../ui/Button.tsx'
import { useFormat } from '../../ui/format.ts'
import { IconButton } from '../../ui/IconButton.tsx'
import { channelIcons } from './channelIcons.ts'
import { SnoozeMenu } from './SnoozeMenu.tsx'
import { useNow } from './useNow.ts'
import type { FollowUpWork } from './useFollowUpWork.tsx'

type Props = { followUp: FollowUp; readOnly: boolean; work: FollowUpWork }

/** One follow-up beside its record. */
export function FollowUpLine({ followUp, readOnly, work }: Props) {
  const { t } = useTranslation()
  const format = useFormat()
  const { number, channel, due_at, status, note, outcome } = followUp
  const Icon = channelIcons[channel]
  const words = [note, outcome].filter(Boolean)
  return (
    <li className="flex flex-col gap-1 border-b border-line py-2 last:border-b-0">
      <div className="flex flex-wrap items-center gap-x-2 gap-y-1">
        <Icon className="size-4 shrink-0 text-faint" strokeWidth={1.75} aria-hidden />
        <span className="text-13 font-medium">{t('followUps.number', { number })}</span>
        <span className="text-13 text-muted">
          {t(`followUps.channel.${channel}`)} · <time dateTime={due_at}>{format.dateTime(due_at)}</time>
        </span>
        <FollowUpBadge followUp={followUp} />
        {readOnly ? null : (
          <span className="ml-auto flex items-center gap-1">
            {status === 'open' ? (
              <>
                <SnoozeMenu
                  due_at={due_at}
                  trigger={
                    <IconButton icon={AlarmClock} size="small" label={t('followUps.put_off', { number })} />
                  }
                  onSnooze={(moved) => work.snooze(followUp, moved)}
                  onEdit={() => work.edit(followUp)}
                />
                <Button size="small" icon={Check} onClick={() => work.log(followUp)}>
                  {t('followUps.log')}
                </Button>
              </>
            ) : (
              <IconButton
                icon={RotateCcw}
                size="small"
                label={t('followUps.reopen', { number })}
                onClick={() => work.reopen(followUp)}
              />
            )}
          </span>
        )}
      </div>
      {words.map((text) => (
        <p key={text} className="pl-6 text-13 whitespace-pre-wrap text-muted">
          {text}
        </p>
      ))}
    </li>
  )
}

export function FollowUpBadge({ followUp: { status, due_at } }: { followUp: FollowUp }) {
  const { t } = useTranslation()
  const now = useNow()
  if (status !== 'open')
    return <Badge tone={status === 'done' ? 'success' : 'neutral'}>{t(`followUps.status.${status}`)}</Badge>
  return Date.parse(due_at) < now.getTime() ? <Badge tone="danger">{t('followUps.overdue')}</Badge> : null
}
