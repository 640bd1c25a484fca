import type { ChatMessage } from '@rapport/contracts'
import { useQuery } from '@tanstack/react-query'
import { MessagesSquare } from 'lucide-react'
import { useCallback, useEffect, useMemo, useState, type KeyboardEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate, useParams, useSearchParams } from 'react-router'
import { paths } from '../../app/paths.ts'
import { useMay } from '../../app/session.ts'
import { Button } from '../../ui/Button.tsx'
import { cx } from '../../ui/cx.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { plain } from '../../ui/plain.ts'
import { useDescribeProblem } from '../../ui/problem.ts'
import { useHotkeys } from '../../ui/useHotkeys.ts'
import { usePageTitle } from '../../ui/usePageTitle.ts'
import { channelQuery, channelsQuery, useRefetching } from './api.ts'
import { BrowseDialog } from './BrowseDialog.tsx'
import { DirectDialog, NewChannelDialog } from './ChannelDialogs.tsx'
import { ChannelHeader, type Panel } from './ChannelHeader.tsx'
import { ChannelList, type Asked } from './ChannelList.tsx'
import { Conversation } from './Conversation.tsx'
import { FilesPanel } from './FilesPanel.tsx'
import { PinsPanel } from './PinsPanel.tsx'
import { RemindersPanel } from './RemindersPanel.tsx'
import { SearchPanel } from './SearchPanel.tsx'
import { sectionsOf } from './sections.ts'
import { ThreadPanel } from './ThreadPanel.tsx'
import { useJump } from './useJump.ts'
import { rememberChannel, useFirstChannel } from './lastChannel.ts'

/** The list of conversations and the one that is open; on a phone one of them at a time. */
export function ChatPage() {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const { id = null } = useParams()
  const [params, setParams] = useSearchParams()
  const [filter, setFilter] = useState('')
  const asked = readAsked(params.get('new'))
  const list = useQuery({ ...channelsQuery, ...useRefetching() })
  const sections = useMemo(
    () => sectionsOf(list.data ?? [], plain(filter.trim()), plain),
    [list.data, filter],
  )
  const ask = (next: Asked | null) =>
    setParams((now) => {
      if (next) now.set('new', next)
      else now.delete('new')
      return now
    })
  const open = useCallback(
    (channel: { id: string }) => void navigate(paths.chatChannel(channel.id)),
    [navigate],
  )
  useFirstChannel(id, list.data)

  const step = (by: number) => {
    const order = sections.flatMap(({ channels }) => channels)
    const at = order.findIndex((channel) => channel.id === id)
    const next = order[at === -1 ? 0 : (at + by + order.length) % order.length]
    if (next) open(next)
  }
  const group = t('chat.title')
  useHotkeys([
    { keys: 'alt+arrowup', label: t('chat.keys.before'), group, run: () => step(-1) },
    { keys: 'alt+arrowdown', label: t('chat.keys.after'), group, run: () => step(1) },
  ])
  // Also while one writes, when the keys of pages rest.
  const onKeyDown = (event: KeyboardEvent) => {
    const by = { ArrowUp: -1, ArrowDown: 1 }[event.key]
    if (!event.altKey || by === undefined || event.defaultPrevented) return
    event.preventDefault()
    step(by)
  }
  const whileWriting = { onKeyDown }
  const alone = id === null ? ownPanel(params.get('panel')) : null
  const setPanel = (panel: Panel | null) =>
    setParams(
      (now) => {
        now.delete('thread')
        if (panel) now.set('panel', panel)
        else now.delete('panel')
        return now
      },
      { replace: true },
    )
  return (
    <div className="flex h-full min-h-0" {...whileWriting}>
      <div
        className={cx(
          'w-full shrink-0 flex-col border-line md:flex md:w-64 md:border-r',
          id === null && alone === null ? 'flex' : 'hidden',
        )}
      >
        <ChannelList
          sections={sections}
          pending={list.isPending}
          filter={filter}
          onFilter={setFilter}
          onAsk={ask}
          onSearch={() => setPanel('search')}
          onReminders={() => setPanel('reminders')}
          heading={id === null ? 'h1' : 'h2'}
        />
      </div>
      <div
        className={cx('relative min-w-0 flex-1', id === null && alone === null ? 'hidden md:flex' : 'flex')}
      >
        {id === null ? (
          <Nothing onAsk={ask} panel={alone} onPanel={setPanel} />
        ) : (
          <Opened key={id} id={id} onPanel={setPanel} />
        )}
      </div>
      {asked === 'channel' ? <NewChannelDialog onClose={() => ask(null)} onOpen={open} /> : null}
      {asked === 'direct' ? <DirectDialog onClose={() => ask(null)} onOpen={open} /> : null}
      {asked === 'browse' || asked === 'archived' ? (
        <BrowseDialog first={asked} onClose={() => ask(null)} onOpen={open} />
      ) : null}
    </div>
  )
}

const asks: readonly string[] = ['channel', 'direct', 'browse', 'archived'] satisfies Asked[]
const readAsked = (text: string | null) => (asks.includes(text ?? '') ? (text as Asked) : null)

/** Those that belong to no channel. */
const ownPanel = (text: string | null) => (text === 'search' || text === 'reminders' ? text : null)
const panelOf = (text: string | null) => (text === 'pins' || text === 'files' ? text : ownPanel(text))

type NothingProps = {
  onAsk: (asked: Asked) => void
  panel: 'search' | 'reminders' | null
  onPanel: (panel: Panel | null) => void
}

function Nothing({ onAsk, panel, onPanel }: NothingProps) {
  const { t } = useTranslation()
  const mayWrite = useMay('chat:write')
  const jump = useJumpTo()
  usePageTitle(t('chat.title'))
  return (
    <>
      <EmptyState
        className="flex-1"
        icon={MessagesSquare}
        title={t('chat.empty.title')}
        text={t('chat.empty.text')}
        actions={
          <>
            <Button onClick={() => onAsk('browse')}>{t('chat.browse.open')}</Button>
            {mayWrite ? (
              <Button variant="primary" onClick={() => onAsk('direct')}>
                {t('chat.direct.open')}
              </Button>
            ) : null}
          </>
        }
      />
      {panel === 'search' ? <SearchPanel channel={null} onJump={jump} onClose={() => onPanel(null)} /> : null}
      {panel === 'reminders' ? <RemindersPanel onJump={jump} onClose={() => onPanel(null)} /> : null}
    </>
  )
}

/** To where a message was said; a reply opens its thread. */
function useJumpTo(): (message: ChatMessage) => void {
  const navigate = useNavigate()
  return useCallback(
    ({ channel_id, id, reply_to }: ChatMessage) => void navigate(paths.chatMessage(channel_id, id, reply_to)),
    [navigate],
  )
}

function Opened({ id, onPanel }: { id: string; onPanel: (panel: Panel | null) => void }) {
  const describe = useDescribeProblem()
  const [params, setParams] = useSearchParams()
  const query = useQuery(channelQuery(id))
  const jump = useJump()
  const jumpTo = useJumpTo()
  const thread = params.get('thread')
  const panel = thread === null ? panelOf(params.get('panel')) : null
  const showThread = useCallback(
    (root: string | null) =>
      setParams((now) => {
        now.delete('message')
        now.delete('panel')
        if (root === null) now.delete('thread')
        else now.set('thread', root)
        return now
      }),
    [setParams],
  )
  const channel = query.data
  usePageTitle(channel?.name ?? '')
  useEffect(() => {
    if (channel) rememberChannel(channel.id)
  }, [channel])
  if (query.isError && !channel)
    return (
      <div className="flex-1">
        <ErrorState title={describe(query.error)} heading="h1" onRetry={() => void query.refetch()} />
      </div>
    )
  if (!channel) return null
  const byFinger = matchMedia('(pointer: coarse)').matches
  return (
    <>
      <div className="flex min-h-0 min-w-0 flex-1 flex-col">
        <ChannelHeader channel={channel} panel={panel} onPanel={onPanel} />
        <Conversation
          channel={channel}
          jump={thread === null ? jump : null}
          autoFocus={!byFinger && thread === null}
          onThread={showThread}
        />
      </div>
      {thread === null ? null : (
        <ThreadPanel
          key={thread}
          channel={channel}
          root={thread}
          jump={jump}
          onClose={() => showThread(null)}
        />
      )}
      {panel === 'pins' ? (
        <PinsPanel channel={channel} onJump={jumpTo} onClose={() => onPanel(null)} />
      ) : null}
      {panel === 'files' ? (
        <FilesPanel channel={channel} onJump={jumpTo} onClose={() => onPanel(null)} />
      ) : null}
      {panel === 'reminders' ? <RemindersPanel onJump={jumpTo} onClose={() => onPanel(null)} /> : null}
      {panel === 'search' ? (
        <SearchPanel channel={channel} onJump={jumpTo} onClose={() => onPanel(null)} />
      ) : null}
    </>
  )
}
