import type { ChatMessage, ChatReminder } from '@rapport/contracts'
import { useQuery } from '@tanstack/react-query'
import { AlarmClock, Check, Clock } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Badge } from '../../ui/Badge.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { useFormat } from '../../ui/format.ts'
import { IconButton } from '../../ui/IconButton.tsx'
import { Menu } from '../../ui/Menu.tsx'
import { notify } from '../../ui/notify.ts'
import { useDescribeProblem } from '../../ui/problem.ts'
import { Skeleton } from '../../ui/Skeleton.tsx'
import { endReminder, remind, remindersQuery, useRefetching } from './api.ts'
import { MessageCard } from './MessageCard.tsx'
import { RemindChoices } from './RemindChoices.tsx'
import { RemindDialog } from './RemindDialog.tsx'
import { isDue } from './reminders.ts'
import { SidePanel } from './SidePanel.tsx'
import { useRemind } from './useRemind.ts'
import { useTell } from './useTell.ts'

type Props = { onJump: (message: ChatMessage) => void; onClose: () => void }

/** The messages that one wanted to be reminded of: those whose time has come first. */
export function RemindersPanel({ onJump, onClose }: Props) {
  const { t } = useTranslation()
  const describe = useDescribeProblem()
  const query = useQuery({ ...remindersQuery, ...useRefetching(), staleTime: 0 })
  const [changing, setChanging] = useState<ChatReminder | null>(null)
  const reminders = query.data ?? []
  const groups = [
    { name: 'due', reminders: reminders.filter(isDue) },
    { name: 'to_come', reminders: reminders.filter((reminder) => !isDue(reminder)) },
  ] as const
  return (
    <SidePanel title={t('chat.reminders.title')} onClose={onClose}>
      <div className="min-h-0 flex-1 overflow-y-auto p-3">
        {query.isPending ? <Skeleton className="h-16 w-full" /> : null}
        {query.isError && !query.data ? (
          <ErrorState title={describe(query.error)} onRetry={() => void query.refetch()} />
        ) : null}
        {query.data?.length === 0 ? (
          <EmptyState icon={AlarmClock} title={t('chat.reminders.none')} text={t('chat.reminders.how')} />
        ) : null}
        {groups.map(({ name, reminders: some }) =>
          some.length === 0 ? null : (
            <section key={name} aria-label={t(`chat.reminders.${name}`)} className="pb-3">
              <h3 className="px-2 pb-1 text-11 font-semibold text-faint uppercase">
                {t(`chat.reminders.${name}`)}
              </h3>
              <ul className="flex flex-col gap-1">
                {some.map((reminder) => (
                  <li key={reminder.id}>
                    <ReminderCard reminder={reminder} onJump={onJump} onOther={() => setChanging(reminder)} />
                  </li>
                ))}
              </ul>
            </section>
          ),
        )}
      </div>
      {changing ? (
        <RemindDialog message={changing.message} due_at={changing.due_at} onClose={() => setChanging(null)} />
      ) : null}
    </SidePanel>
  )
}

type CardProps = { reminder: ChatReminder; onJump: (message: ChatMessage) => void; onOther: () => void }

function ReminderCard({ reminder, onJump, onOther }: CardProps) {
  const { t } = useTranslation()
  const format = useFormat()
  const tell = useTell()
  const remindOf = useRemind()
  const { message, channel, due_at, note } = reminder
  const due = isDue(reminder)
  const end = () => {
    tell(endReminder(reminder))
    // What is past cannot be set again.
    if (!due) notify.undo(t('chat.reminders.ended'), () => tell(remind(message, due_at)))
  }
  return (
    <>
      <MessageCard message={message} where={channel.name} onOpen={() => onJump(message)} />
      <div className="flex items-center gap-1 pl-9">
        <Badge tone={due ? 'warn' : 'neutral'}>{format.dateTime(due_at)}</Badge>
        {note === null ? null : <span className="min-w-0 truncate text-12 text-muted">{note}</span>}
        <span className="ml-auto flex shrink-0">
          {message.deleted_at === null ? (
            <Menu
              align="end"
              trigger={<IconButton icon={Clock} size="small" label={t('chat.reminders.change')} />}
            >
              <RemindChoices onChoose={(chosen) => tell(remindOf(message, chosen))} onOther={onOther} />
            </Menu>
          ) : null}
          <IconButton icon={Check} size="small" label={t('chat.reminders.end')} onClick={end} />
        </span>
      </div>
    </>
  )
}
