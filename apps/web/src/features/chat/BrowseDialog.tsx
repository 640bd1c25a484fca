import type { ChatChannel } from '@rapport/contracts'
import { useQuery } from '@tanstack/react-query'
import { useDeferredValue, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { Input } from '../../ui/Input.tsx'
import { notify } from '../../ui/notify.ts'
import { useDescribeProblem } from '../../ui/problem.ts'
import { Skeleton } from '../../ui/Skeleton.tsx'
import { browseQuery, useJoinChannel } from './api.ts'
import { ChannelSign } from './ChannelSign.tsx'

type Props = { onClose: () => void; onOpen: (channel: ChatChannel) => void }

/** Every public channel: looked into, or joined. */
export function BrowseDialog({ onClose, onOpen }: Props) {
  const { t } = useTranslation()
  const describe = useDescribeProblem()
  const [typed, setTyped] = useState('')
  const query = useQuery(browseQuery(useDeferredValue(typed.trim())))
  const join = useJoinChannel()
  const channels = (query.data ?? []).filter(({ kind }) => kind === 'public')
  const open = (channel: ChatChannel) => {
    onClose()
    onOpen(channel)
  }
  return (
    <Dialog open onOpenChange={onClose} title={t('chat.browse.title')}>
      <div className="flex flex-col gap-2">
        <Input
          aria-label={t('chat.browse.find')}
          placeholder={t('chat.browse.find')}
          value={typed}
          onChange={({ target }) => setTyped(target.value)}
        />
        {query.isPending ? <Skeleton className="h-24 w-full" /> : null}
        {query.isError ? (
          <ErrorState title={describe(query.error)} onRetry={() => void query.refetch()} />
        ) : null}
        {query.isSuccess && channels.length === 0 ? (
          <p className="py-4 text-center text-13 text-muted">{t('chat.none_found')}</p>
        ) : null}
        <ul className="flex flex-col divide-y divide-line" aria-label={t('chat.browse.title')}>
          {channels.map((channel) => (
            <li key={channel.id} className="flex items-center gap-2 py-2">
              <ChannelSign channel={channel} />
              <button
                type="button"
                className="min-w-0 flex-1 rounded-small text-left"
                onClick={() => open(channel)}
              >
                <span className="block truncate text-13 font-medium">{channel.name}</span>
                <span className="block truncate text-12 text-faint">
                  {t('chat.member_count', { count: channel.member_count })}
                  {channel.topic === null ? '' : ` · ${channel.topic}`}
                </span>
              </button>
              {channel.can.join ? (
                <Button
                  size="small"
                  aria-label={t('chat.join_named', { name: channel.name })}
                  loading={join.isPending && join.variables === channel.id}
                  onClick={() =>
                    void join
                      .mutateAsync(channel.id)
                      .then(open, (error: unknown) =>
                        notify.problem(t('common.problem.title'), describe(error)),
                      )
                  }
                >
                  {t('chat.join')}
                </Button>
              ) : channel.me ? (
                <span className="text-12 text-faint">{t('chat.joined')}</span>
              ) : null}
            </li>
          ))}
        </ul>
      </div>
    </Dialog>
  )
}
