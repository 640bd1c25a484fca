import type { ChatChannel } from '@rapport/contracts'
import { useQuery } from '@tanstack/react-query'
import { useCallback, useEffect, useMemo, useRef, useState, type KeyboardEvent, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { useFollowed } from '../../app/followed.ts'
import { paths } from '../../app/paths.ts'
import { useMe } from '../../app/session.ts'
import { cx } from '../../ui/cx.ts'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { useFormat } from '../../ui/format.ts'
import { isProblem, useDescribeProblem } from '../../ui/problem.ts'
import { Skeleton } from '../../ui/Skeleton.tsx'
import { useDropping } from '../../ui/useDropping.ts'
import { useRefetching } from './api.ts'
import { Composer } from './Composer.tsx'
import { linesOf } from './lines.ts'
import { MessageList, type ConversationLine } from './MessageList.tsx'
import { MessageDialogs } from './MessageDialogs.tsx'
import { pressOn } from './messageKeys.ts'
import { MessageRow } from './MessageRow.tsx'
import {
  conversationQuery,
  readLatest,
  readNewer,
  readOlder,
  seek,
  type Place,
  type Said,
} from './messages.ts'
import { useNews } from './news.ts'
import { shownOf } from './shelf.ts'
import { WritersLine } from './WritersLine.tsx'
import { UnsentRow } from './UnsentRow.tsx'
import { useUnsent } from './unsent.ts'
import { useFilesToGo } from './useFilesToGo.ts'
import { useMessageActions } from './useMessageActions.ts'
import { useReading } from './useReading.ts'
import type { Jump } from './useJump.ts'

type Props = {
  channel: ChatChannel
  thread: string | null
  label: string
  placeholder: string
  /** The message that the address names. */
  jump: Jump | null
  /** Above the first message. */
  head: ReactNode
  autoFocus: boolean
  /** Where there is nothing to write with. */
  instead?: ReactNode
  onThread: (message: Said) => void
  onLeave?: () => boolean
}

/** The messages of a channel or of a thread, and where one writes the next. */
export function MessagesPane(props: Props) {
  const { channel, thread, label, placeholder, jump, head, autoFocus, instead, onThread, onLeave } = props
  const { t } = useTranslation()
  const describe = useDescribeProblem()
  const format = useFormat()
  const navigate = useNavigate()
  const me = useMe().user.id
  const place = useMemo<Place>(() => ({ channel_id: channel.id, thread }), [channel.id, thread])
  const query = useQuery({ ...conversationQuery(place), ...useRefetching() })
  const unsent = useUnsent(place)
  const tellWriting = useFollowed(channel.id, thread)
  const files = useFilesToGo(channel.id)
  const messages = useMemo(() => (query.data ? shownOf(query.data) : []), [query.data])
  const [atEnd, setAtEnd] = useState(true)
  const reading = useReading(channel, messages.at(-1), atEnd && query.isSuccess)
  const { actions, editing, asked, endAsked } = useMessageActions({
    channel,
    onThread,
    onUnread: reading.markFrom,
  })
  const lines = useMemo(
    () =>
      linesOf({
        messages,
        unsent,
        read_seq: thread === null ? reading.read_seq : null,
        me,
        dayOf: format.day,
      }),
    [messages, unsent, thread, reading.read_seq, me, format],
  )
  const isShown = jump === null || messages.some(({ id }) => id === jump.id)
  const [lost, setLost] = useState<string | null>(null)
  const isRead = query.isSuccess
  // Once for each jump: what is shown changes with it.
  const sought = useRef<unknown>(null)
  useEffect(() => {
    if (isShown || !jump || !isRead || sought.current === jump) return
    sought.current = jump
    seek(place, jump.id).then(
      (root) => {
        if (root !== null) void navigate(paths.chatMessage(channel.id, jump.id, root), { replace: true })
      },
      (error: unknown) => {
        if (isProblem(error)) setLost(jump.id)
      },
    )
  }, [jump, place, isRead, isShown, channel.id, navigate])

  const older = useCallback(() => readOlder(place).catch(() => undefined), [place])
  const newer = useCallback(() => readNewer(place).catch(() => undefined), [place])
  const latest = useCallback(() => readLatest(place).catch(() => undefined), [place])

  const editLast = () => {
    const mine = messages.findLast(({ author, deleted_at }) => author.id === me && deleted_at === null)
    if (mine) actions.edit(mine)
  }
  const onKey = (event: KeyboardEvent, line: ConversationLine) => {
    if (line.kind === 'message')
      pressOn(event, { message: line.message, actions, me, inThread: thread !== null })
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape' && !event.defaultPrevented && thread === null) reading.markAll()
  }
  const dropping = useDropping(channel.can.post, files.add)
  if (query.isError && !query.data)
    return <ErrorState title={describe(query.error)} onRetry={() => void query.refetch()} />
  return (
    <div
      className={cx(
        'flex min-h-0 flex-1 flex-col',
        dropping.over && 'outline-2 -outline-offset-4 outline-focus outline-dashed',
      )}
      {...dropping.handlers}
      {...{ onKeyDown }}
    >
      {query.data ? (
        <MessageList
          label={label}
          lines={lines}
          fromEnd={thread === null}
          hasOlder={query.data.from > 0}
          hasNewer={Number.isFinite(query.data.to)}
          onOlder={older}
          onNewer={newer}
          onLatest={latest}
          jump={jump}
          onAtEnd={setAtEnd}
          head={head}
          onKey={onKey}
          renderLine={(line, { marked, active }) =>
            line.kind === 'message' ? (
              <MessageRow
                message={line.message}
                follows={line.follows}
                marked={marked}
                active={active}
                editing={editing === line.message.id}
                actions={actions}
                inThread={thread !== null}
              />
            ) : line.kind === 'unsent' ? (
              <UnsentRow unsent={line.unsent} follows={line.follows} />
            ) : null
          }
        />
      ) : (
        <Waiting />
      )}
      <News place={place} />
      <WritersLine place={place} />
      {lost !== null && lost === jump?.id ? (
        <p role="alert" className="px-4 py-1 text-12 text-danger-ink">
          {t('chat.problem.lost')}
        </p>
      ) : null}
      {channel.can.post ? (
        <Composer
          key={`${channel.id} ${thread}`}
          place={place}
          channel={channel}
          placeholder={placeholder}
          files={files}
          autoFocus={autoFocus}
          onSent={() => void (Number.isFinite(query.data?.to) ? latest() : undefined)}
          onUp={editLast}
          onWriting={tellWriting}
          {...(onLeave ? { onLeave } : {})}
        />
      ) : (
        instead
      )}
      <MessageDialogs asked={asked} onClose={endAsked} />
    </div>
  )
}

/** Said to screen readers once, as it comes. */
function News({ place }: { place: Place }) {
  const { t } = useTranslation()
  const news = useNews(place)
  return (
    <output className="sr-only" aria-live="polite">
      {news ? t('chat.says', { name: news.author.name, text: news.text }) : ''}
    </output>
  )
}

function Waiting() {
  return (
    <div className="flex flex-1 flex-col justify-end gap-4 p-4" aria-hidden>
      {[64, 40, 52].map((width) => (
        <div key={width} className="flex gap-3">
          <Skeleton className="size-8" />
          <div className="flex flex-1 flex-col gap-1.5">
            <Skeleton className="h-3 w-24" />
            <Skeleton className="h-3 w-2/3" />
          </div>
        </div>
      ))}
    </div>
  )
}
