import type { ChatChannel } from '@rapport/contracts'
import { MessagesSquare } from 'lucide-react'
import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import { useShown } from '../../app/shown.ts'
import { Button } from '../../ui/Button.tsx'
import { useJoinChannel } from './api.ts'
import { MessagesPane } from './MessagesPane.tsx'
import type { Said } from './messages.ts'
import { useArchive } from './useArchive.ts'
import type { Jump } from './useJump.ts'
import { useTell } from './useTell.ts'

type Props = {
  channel: ChatChannel
  jump: Jump | null
  autoFocus: boolean
  onThread: (root: string) => void
}

/** What is said in a channel itself. */
export function Conversation({ channel, jump, autoFocus, onThread }: Props) {
  const { t } = useTranslation()
  const open = useCallback((message: Said) => onThread(message.id), [onThread])
  const name = channel.name
  useShown('chat_channel', channel.id)
  return (
    <MessagesPane
      key={channel.id}
      channel={channel}
      thread={null}
      label={t('chat.log', { name })}
      placeholder={t(channel.kind === 'direct' ? 'chat.compose.to' : 'chat.compose.in', { name })}
      jump={jump}
      autoFocus={autoFocus}
      onThread={open}
      head={<Beginning channel={channel} />}
      instead={<NotHere channel={channel} />}
    />
  )
}

function Beginning({ channel }: { channel: ChatChannel }) {
  const { t } = useTranslation()
  return (
    <div className="mt-auto px-4 pt-10 pb-4">
      <MessagesSquare className="mb-2 size-6 text-faint" strokeWidth={1.5} aria-hidden />
      <h2 className="text-15 font-semibold">{channel.name}</h2>
      <p className="text-13 text-muted">{t(`chat.begins.${channel.kind}`, { name: channel.name })}</p>
      {channel.retention_days === null ? null : (
        <p className="text-13 text-muted">{t('chat.retention.told', { count: channel.retention_days })}</p>
      )}
    </div>
  )
}

/** Whoever only looks in, or looks at what is over. */
function NotHere({ channel }: { channel: ChatChannel }) {
  const { t } = useTranslation()
  const tell = useTell()
  const { restore, busy } = useArchive(channel)
  const join = useJoinChannel()
  return (
    <div className="mx-4 mb-4 flex flex-wrap items-center justify-center gap-2 rounded-base bg-sunken px-3 py-2.5">
      <p className="text-13 text-muted">
        {t(channel.archived_at ? 'chat.archived' : channel.can.join ? 'chat.looking' : 'chat.reading_only')}
      </p>
      {channel.archived_at && channel.can.archive ? (
        <Button size="small" loading={busy} onClick={restore}>
          {t('chat.archive.restore')}
        </Button>
      ) : null}
      {channel.can.join && !channel.archived_at ? (
        <Button
          size="small"
          variant="primary"
          loading={join.isPending}
          onClick={() => tell(join.mutateAsync(channel.id))}
        >
          {t('chat.join')}
        </Button>
      ) : null}
    </div>
  )
}
