import type { ChatChannel } from '@rapport/contracts'
import { useQuery } from '@tanstack/react-query'
import { useDeferredValue, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { useFormat } from '../../ui/format.ts'
import { Input } from '../../ui/Input.tsx'
import { useDescribeProblem } from '../../ui/problem.ts'
import { Skeleton } from '../../ui/Skeleton.tsx'
import { Tabs } from '../../ui/Tabs.tsx'
import { browseQuery, useJoinChannel } from './api.ts'
import { ChannelSign } from './ChannelSign.tsx'
import { useArchive } from './useArchive.ts'
import { useTell } from './useTell.ts'

type Shown = 'browse' | 'archived'
type Props = { first: Shown; onClose: () => void; onOpen: (channel: ChatChannel) => void }

/** Every public channel, looked into or joined; and those that are archived, to be read or taken out again. */
export function BrowseDialog({ first, onClose, onOpen }: Props) {
  const { t } = useTranslation()
  const [typed, setTyped] = useState('')
  const [shown, setShown] = useState(first)
  const q = useDeferredValue(typed.trim())
  const open = (channel: ChatChannel) => {
    onClose()
    onOpen(channel)
  }
  const tabOf = (value: Shown, label: string) => ({
    value,
    label,
    panel: <Channels q={q} archived={value === 'archived'} label={label} onOpen={open} />,
  })
  return (
    <Dialog open onOpenChange={onClose} title={t('chat.browse.title')}>
      <div className="flex min-h-72 flex-col gap-2">
        <Input
          aria-label={t('chat.browse.find')}
          placeholder={t('chat.browse.find')}
          value={typed}
          onChange={({ target }) => setTyped(target.value)}
        />
        <Tabs
          label={t('chat.browse.title')}
          value={shown}
          onChange={setShown}
          tabs={[tabOf('browse', t('chat.browse.public')), tabOf('archived', t('chat.browse.archived'))]}
        />
      </div>
    </Dialog>
  )
}

type ChannelsProps = {
  q: string
  archived: boolean
  label: string
  onOpen: (channel: ChatChannel) => void
}

function Channels({ q, archived, label, onOpen }: ChannelsProps) {
  const { t } = useTranslation()
  const describe = useDescribeProblem()
  const query = useQuery(browseQuery(q, archived))
  const channels = (query.data ?? []).filter(({ kind }) => archived || kind === 'public')
  return (
    <>
      {query.isPending ? <Skeleton className="h-24 w-full" /> : null}
      {query.isError ? (
        <ErrorState title={describe(query.error)} onRetry={() => void query.refetch()} />
      ) : null}
      {query.isSuccess && channels.length === 0 ? (
        <p className="py-4 text-center text-13 text-muted">
          {t(archived && q === '' ? 'chat.browse.none_archived' : 'chat.none_found')}
        </p>
      ) : null}
      <ul className="flex flex-col divide-y divide-line" aria-label={label}>
        {channels.map((channel) => (
          <li key={channel.id}>
            <ChannelRow channel={channel} onOpen={() => onOpen(channel)} />
          </li>
        ))}
      </ul>
    </>
  )
}

function ChannelRow({ channel, onOpen }: { channel: ChatChannel; onOpen: () => void }) {
  const { t } = useTranslation()
  const format = useFormat()
  const { name, topic, member_count, archived_at } = channel
  const facts = [
    ...(archived_at === null ? [] : [t('chat.browse.archived_at', { when: format.date(archived_at) })]),
    t('chat.member_count', { count: member_count }),
    ...(topic === null ? [] : [topic]),
  ]
  return (
    <div className="flex items-center gap-2 py-2">
      <ChannelSign channel={channel} />
      <button type="button" className="min-w-0 flex-1 rounded-small text-left" onClick={onOpen}>
        <span className="block truncate text-13 font-medium">{name}</span>
        <span className="block truncate text-12 text-faint">{facts.join(' · ')}</span>
      </button>
      {archived_at === null ? <Join channel={channel} onOpen={onOpen} /> : <Restore channel={channel} />}
    </div>
  )
}

function Join({ channel, onOpen }: { channel: ChatChannel; onOpen: () => void }) {
  const { t } = useTranslation()
  const tell = useTell()
  const join = useJoinChannel()
  if (channel.me) return <span className="text-12 text-faint">{t('chat.joined')}</span>
  if (!channel.can.join) return null
  return (
    <Button
      size="small"
      aria-label={t('chat.join_named', { name: channel.name })}
      loading={join.isPending}
      onClick={() => tell(join.mutateAsync(channel.id).then(onOpen))}
    >
      {t('chat.join')}
    </Button>
  )
}

function Restore({ channel }: { channel: ChatChannel }) {
  const { t } = useTranslation()
  const { restore, busy } = useArchive(channel)
  if (!channel.can.archive) return null
  return (
    <Button
      size="small"
      aria-label={t('chat.archive.restore_named', { name: channel.name })}
      loading={busy}
      onClick={restore}
    >
      {t('chat.archive.restore_short')}
    </Button>
  )
}
