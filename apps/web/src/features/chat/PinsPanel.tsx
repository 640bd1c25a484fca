import type { ChatChannel, ChatMessage } from '@rapport/contracts'
import { queryOptions, useQuery } from '@tanstack/react-query'
import { Pin } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { rapport } from '../../app/rapport.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { useDescribeProblem } from '../../ui/problem.ts'
import { Skeleton } from '../../ui/Skeleton.tsx'
import { chatKeys } from './keys.ts'
import { MessageCard } from './MessageCard.tsx'
import { SidePanel } from './SidePanel.tsx'

const pinsQuery = (id: string) =>
  queryOptions({
    queryKey: chatKeys.pins(id),
    queryFn: async ({ signal }) => (await rapport.chat.pins({ params: { id }, signal })).items,
  })

type Props = { channel: ChatChannel; onJump: (message: ChatMessage) => void; onClose: () => void }

/** What was pinned to the channel; each leads to where it was said. */
export function PinsPanel({ channel, onJump, onClose }: Props) {
  const { t } = useTranslation()
  const describe = useDescribeProblem()
  const query = useQuery(pinsQuery(channel.id))
  return (
    <SidePanel title={t('chat.pins.title')} beside={channel.name} onClose={onClose}>
      <div className="min-h-0 flex-1 overflow-y-auto p-3">
        {query.isPending ? <Skeleton className="h-16 w-full" /> : null}
        {query.isError ? (
          <ErrorState title={describe(query.error)} onRetry={() => void query.refetch()} />
        ) : null}
        {query.data?.length === 0 ? (
          <EmptyState icon={Pin} title={t('chat.pins.none')} text={t('chat.pins.how')} />
        ) : null}
        <ul className="flex flex-col gap-1">
          {(query.data ?? []).map((message) => (
            <li key={message.id}>
              <MessageCard message={message} onOpen={() => onJump(message)} />
            </li>
          ))}
        </ul>
      </div>
    </SidePanel>
  )
}
