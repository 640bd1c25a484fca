import type { ChatChannel } from '@rapport/contracts'
import { useQuery } from '@tanstack/react-query'
import { useState, type FocusEvent, type KeyboardEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { useMe } from '../../app/session.ts'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { useDescribeProblem } from '../../ui/problem.ts'
import { Skeleton } from '../../ui/Skeleton.tsx'
import { MessageRow } from './MessageRow.tsx'
import { MessageDialogs } from './MessageDialogs.tsx'
import { isMeant, pressOn } from './messageKeys.ts'
import { MessagesPane } from './MessagesPane.tsx'
import { messageQuery, type Said } from './messages.ts'
import { SidePanel } from './SidePanel.tsx'
import { useMessageActions } from './useMessageActions.ts'
import type { Jump } from './useJump.ts'

type Props = {
  channel: ChatChannel
  root: string
  jump: Jump | null
  onClose: () => void
}

const stay = () => undefined

/** A message and what was answered to it, beside the channel. */
export function ThreadPanel({ channel, root, jump, onClose }: Props) {
  const { t } = useTranslation()
  const describe = useDescribeProblem()
  const query = useQuery(messageQuery(root))
  return (
    <SidePanel title={t('chat.thread')} beside={channel.name} onClose={onClose}>
      {query.isError && !query.data ? (
        <ErrorState title={describe(query.error)} onRetry={() => void query.refetch()} />
      ) : query.data ? (
        <MessagesPane
          key={root}
          channel={channel}
          thread={root}
          label={t('chat.thread_log')}
          placeholder={t('chat.compose.reply')}
          jump={jump}
          autoFocus
          onThread={stay}
          onLeave={() => {
            onClose()
            return true
          }}
          head={<Root channel={channel} message={query.data} />}
        />
      ) : (
        <Skeleton className="m-4 h-16" />
      )}
    </SidePanel>
  )
}

function Root({ channel, message }: { channel: ChatChannel; message: Said }) {
  const { t } = useTranslation()
  const me = useMe().user.id
  const [active, setActive] = useState(false)
  const { actions, editing, asked, endAsked } = useMessageActions({
    channel,
    onThread: stay,
    onUnread: stay,
  })
  const stop = {
    tabIndex: 0,
    onFocus: (event: FocusEvent) => (isMeant(event) ? setActive(true) : undefined),
    onBlur: ({ currentTarget, relatedTarget }: FocusEvent) => {
      if (!currentTarget.contains(relatedTarget)) setActive(false)
    },
    onKeyDown: (event: KeyboardEvent) => {
      if (event.target === event.currentTarget) pressOn(event, { message, actions, me, inThread: true })
    },
  }
  return (
    <div className="shrink-0 pt-4">
      <article aria-label={message.author.name} className="-outline-offset-2" {...stop}>
        <MessageRow
          message={message}
          follows={false}
          marked={false}
          active={active}
          editing={editing === message.id}
          actions={actions}
          inThread
        />
      </article>
      <p className="flex items-center gap-3 px-4 py-2 text-12 text-muted">
        {t('chat.replies', { count: message.reply_count })}
        <span className="h-px flex-1 bg-line" />
      </p>
      <MessageDialogs asked={asked} onClose={endAsked} />
    </div>
  )
}
