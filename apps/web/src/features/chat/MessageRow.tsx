import { MessageSquareText, Pin } from 'lucide-react'
import { memo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Avatar } from '../../ui/Avatar.tsx'
import { cx } from '../../ui/cx.ts'
import { useFormat } from '../../ui/format.ts'
import { NoteText } from '../notes/NoteText.tsx'
import { useMemberName } from '../members/api.ts'
import { LinkCards } from './LinkCards.tsx'
import { MessageEditor } from './MessageEditor.tsx'
import { MessageFiles } from './MessageFiles.tsx'
import { MessageTools } from './MessageTools.tsx'
import type { Said } from './messages.ts'
import { Reactions } from './Reactions.tsx'
import type { MessageActions } from './useMessageActions.ts'

type Props = {
  message: Said
  /** Under the name of the message before it. */
  follows: boolean
  marked: boolean
  /** The focus is in it. */
  active: boolean
  editing: boolean
  actions: MessageActions
  inThread: boolean
}

export const MessageRow = memo(function MessageRow(props: Props) {
  const { message, follows, marked, active, editing, actions, inThread } = props
  const { t } = useTranslation()
  const format = useFormat()
  const [near, setNear] = useState(false)
  const [held, setHeld] = useState(false)
  const { author, created_at, deleted_at, body } = message
  const showTools = (near || active || held) && !editing && deleted_at === null
  return (
    <div
      className={cx(
        'relative flex gap-3 px-4 py-0.5 hover:bg-hover',
        !follows && 'mt-2',
        marked && 'animate-glow',
        message.pinned_at !== null && deleted_at === null && 'bg-warn-soft/40',
      )}
      onPointerEnter={({ pointerType }) => setNear(pointerType === 'mouse')}
      onPointerLeave={() => setNear(false)}
    >
      <div className="w-8 shrink-0 text-right">
        {follows ? (
          near || active ? (
            <time
              dateTime={created_at}
              className="absolute left-0 w-12 text-11 leading-5 whitespace-nowrap text-faint tabular"
              title={format.dateTime(created_at)}
            >
              {format.time(created_at)}
            </time>
          ) : null
        ) : (
          <Avatar name={author.name} size={32} decorative />
        )}
      </div>
      <div className="min-w-0 flex-1">
        {follows ? null : (
          <p className="flex items-baseline gap-2">
            <span className="truncate text-13 font-semibold">{author.name}</span>
            <time
              dateTime={created_at}
              title={format.dateTime(created_at)}
              className="text-11 text-faint tabular"
            >
              {format.time(created_at)}
            </time>
          </p>
        )}
        {message.pinned_at !== null && deleted_at === null ? <Pinned by={message.pinned_by} /> : null}
        {deleted_at !== null || body === null ? (
          <p className="text-13 text-faint italic">{t('chat.deleted')}</p>
        ) : editing ? (
          <MessageEditor message={message} onDone={actions.endEdit} />
        ) : (
          <>
            {message.text === '' && message.files.length > 0 ? null : (
              <div className="text-13">
                <NoteText note={{ ...message, body }} />
                {message.edited_at === null ? null : (
                  <button
                    type="button"
                    className="rounded-small text-11 text-faint hover:text-ink"
                    title={format.dateTime(message.edited_at)}
                    onClick={() => actions.showHistory(message)}
                  >
                    {t('chat.edited')}
                  </button>
                )}
              </div>
            )}
            <MessageFiles files={message.files} />
            <LinkCards links={message.links} />
          </>
        )}
        <Reactions message={message} actions={actions} />
        {inThread || message.reply_count === 0 ? null : (
          <button
            type="button"
            className="mt-1 flex items-center gap-2 rounded-base py-0.5 pr-2 text-12 font-medium text-accent-ink hover:bg-selected"
            onClick={() => actions.openThread(message)}
          >
            <Repliers ids={message.replier_ids} />
            {t('chat.replies', { count: message.reply_count })}
            {message.last_reply_at === null ? null : (
              <span className="font-normal text-faint">{format.ago(message.last_reply_at)}</span>
            )}
          </button>
        )}
      </div>
      {showTools ? (
        <MessageTools message={message} actions={actions} inThread={inThread} onHold={setHeld} />
      ) : null}
    </div>
  )
})

function Repliers({ ids }: { ids: readonly string[] }) {
  const { t } = useTranslation()
  const nameOf = useMemberName()
  if (ids.length === 0) return <MessageSquareText className="size-4" strokeWidth={1.75} aria-hidden />
  return (
    <span className="flex -space-x-1">
      {ids.slice(0, 3).map((id) => (
        <Avatar key={id} name={nameOf(id) ?? t('notes.somebody')} size={20} decorative />
      ))}
    </span>
  )
}

function Pinned({ by }: { by: string | null }) {
  const { t } = useTranslation()
  const nameOf = useMemberName()
  return (
    <p className="flex items-center gap-1 text-11 text-warn-ink">
      <Pin className="size-3" strokeWidth={2} aria-hidden />
      {t('chat.pinned_by', { name: nameOf(by) ?? t('notes.somebody') })}
    </p>
  )
}
