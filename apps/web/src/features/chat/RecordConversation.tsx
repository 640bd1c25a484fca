import { useQuery } from '@tanstack/react-query'
import { Maximize2, MessagesSquare } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { paths } from '../../app/paths.ts'
import { useMay } from '../../app/session.ts'
import { Button } from '../../ui/Button.tsx'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { IconButton } from '../../ui/IconButton.tsx'
import { notify } from '../../ui/notify.ts'
import { useDescribeProblem } from '../../ui/problem.ts'
import { Skeleton } from '../../ui/Skeleton.tsx'
import { recordChannelQuery, useCreateChannel, useRefetching } from './api.ts'
import { Conversation } from './Conversation.tsx'

type Props = { record: { object: string; id: string } }

/** The team about this record. It begins with the first words; whoever may read the record may read it. */
export function RecordConversation({ record }: Props) {
  const { t } = useTranslation()
  const mayRead = useMay('chat:read')
  if (!mayRead) return null
  return (
    <section aria-label={t('chat.on_record.title')} className="flex flex-col gap-1">
      <Inside record={record} />
    </section>
  )
}

function Inside({ record }: Props) {
  const { t } = useTranslation()
  const describe = useDescribeProblem()
  const navigate = useNavigate()
  const mayWrite = useMay('chat:write')
  const query = useQuery({ ...recordChannelQuery(record.object, record.id), ...useRefetching() })
  const create = useCreateChannel()
  const [begun, setBegun] = useState(false)
  const begin = () =>
    void create.mutateAsync({ key: crypto.randomUUID(), body: { kind: 'record', record } }).then(
      () => {
        setBegun(true)
        void query.refetch()
      },
      (error: unknown) => notify.problem(t('common.problem.title'), describe(error)),
    )
  const channel = query.data
  return (
    <>
      <div className="flex min-h-7 items-center justify-between gap-2">
        <h2 className="text-11 font-semibold text-faint uppercase">{t('chat.on_record.title')}</h2>
        {channel ? (
          <IconButton
            icon={Maximize2}
            size="small"
            label={t('chat.on_record.open')}
            onClick={() => void navigate(paths.chatChannel(channel.id))}
          />
        ) : null}
      </div>
      {query.isPending ? <Skeleton className="h-9 w-full" /> : null}
      {query.isError && !channel ? (
        <ErrorState title={describe(query.error)} onRetry={() => void query.refetch()} />
      ) : null}
      {query.isSuccess && !channel ? (
        mayWrite ? (
          <Button
            icon={MessagesSquare}
            variant="ghost"
            className="justify-start border border-line"
            loading={create.isPending}
            onClick={begin}
          >
            {t('chat.on_record.begin')}
          </Button>
        ) : (
          <p className="text-13 text-muted">{t('chat.on_record.none')}</p>
        )
      ) : null}
      {channel ? (
        <div className="flex h-96 flex-col overflow-hidden rounded-base border border-line pt-1">
          <Conversation
            channel={channel}
            jump={null}
            autoFocus={begun}
            onThread={(root) => void navigate(paths.chatThread(channel.id, root))}
          />
        </div>
      ) : null}
    </>
  )
}
