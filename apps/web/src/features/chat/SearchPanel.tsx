import type { ChatChannel, ChatMessage } from '@rapport/contracts'
import { infiniteQueryOptions, useInfiniteQuery } from '@tanstack/react-query'
import { Search } from 'lucide-react'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { rapport } from '../../app/rapport.ts'
import { Checkbox } from '../../ui/Checkbox.tsx'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { Input } from '../../ui/Input.tsx'
import { useDescribeProblem } from '../../ui/problem.ts'
import { Skeleton } from '../../ui/Skeleton.tsx'
import { chatKeys } from './keys.ts'
import { MessageCard } from './MessageCard.tsx'
import { MoreButton } from './MoreButton.tsx'
import { SidePanel } from './SidePanel.tsx'

const pause_ms = 250

const searchQuery = (q: string, channel_id: string | null) =>
  infiniteQueryOptions({
    queryKey: chatKeys.search(q, channel_id),
    queryFn: ({ pageParam, signal }) =>
      rapport.chat.search({
        query: {
          q,
          ...(channel_id === null ? {} : { channel_id }),
          ...(pageParam === null ? {} : { cursor: pageParam }),
        },
        signal,
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next_cursor,
    enabled: q !== '',
    staleTime: 0,
  })

type Props = { channel: ChatChannel | null; onJump: (message: ChatMessage) => void; onClose: () => void }

/** What was ever said where one may read it; each finding leads to its place. */
export function SearchPanel({ channel, onJump, onClose }: Props) {
  const { t } = useTranslation()
  const describe = useDescribeProblem()
  const [typed, setTyped] = useState('')
  const [q, setQ] = useState('')
  const [onlyHere, setOnlyHere] = useState(false)
  useEffect(() => {
    const timer = setTimeout(() => setQ(typed.trim()), pause_ms)
    return () => clearTimeout(timer)
  }, [typed])
  const query = useInfiniteQuery(searchQuery(q, onlyHere && channel ? channel.id : null))
  const found = query.data?.pages.flatMap(({ items }) => items) ?? []
  return (
    <SidePanel title={t('chat.search.title')} onClose={onClose}>
      <div className="flex flex-col gap-2 p-3">
        <Input
          autoFocus
          icon={Search}
          type="search"
          aria-label={t('chat.search.label')}
          placeholder={t('chat.search.label')}
          value={typed}
          onChange={({ target }) => setTyped(target.value)}
        />
        {channel ? (
          <Checkbox checked={onlyHere} onChange={setOnlyHere}>
            {t('chat.search.here', { name: channel.name })}
          </Checkbox>
        ) : null}
      </div>
      <div className="min-h-0 flex-1 overflow-y-auto px-1 pb-4">
        {q !== '' && query.isPending ? <Skeleton className="mx-2 h-24" /> : null}
        {query.isError ? (
          <ErrorState title={describe(query.error)} onRetry={() => void query.refetch()} />
        ) : null}
        {query.isSuccess && found.length === 0 ? (
          <output className="block py-6 text-center text-13 text-muted">{t('chat.search.none')}</output>
        ) : null}
        <ul className="flex flex-col gap-1" aria-label={t('chat.search.found')}>
          {found.map(({ message, channel: where }) => (
            <li key={message.id}>
              <MessageCard message={message} where={where.name} onOpen={() => onJump(message)} />
            </li>
          ))}
        </ul>
        <MoreButton query={query} />
      </div>
    </SidePanel>
  )
}
