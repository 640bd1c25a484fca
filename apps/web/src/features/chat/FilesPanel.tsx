import type { ChatChannel, ChatMessage } from '@rapport/contracts'
import { useInfiniteQuery } from '@tanstack/react-query'
import { MessageSquareText, Paperclip } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { useFormat } from '../../ui/format.ts'
import { IconButton } from '../../ui/IconButton.tsx'
import { useDescribeProblem } from '../../ui/problem.ts'
import { Skeleton } from '../../ui/Skeleton.tsx'
import { Thumbnail } from '../attachments/Picture.tsx'
import { useFilePreview } from '../attachments/useFilePreview.tsx'
import { useSizeText } from '../attachments/useSizeText.ts'
import { currentOf } from '../attachments/versions.ts'
import { filesOfQuery, useRefetching } from './api.ts'
import { isVoice, seenOf } from './MessageFiles.tsx'
import { MoreButton } from './MoreButton.tsx'
import { SidePanel } from './SidePanel.tsx'
import { VoiceNote } from './VoiceNote.tsx'

type Props = { channel: ChatChannel; onJump: (message: ChatMessage) => void; onClose: () => void }

/** What was ever sent to the channel, the newest first; each leads to what was said with it. */
export function FilesPanel({ channel, onJump, onClose }: Props) {
  const { t } = useTranslation()
  const describe = useDescribeProblem()
  const format = useFormat()
  const sizeText = useSizeText()
  const query = useInfiniteQuery({ ...filesOfQuery(channel.id), ...useRefetching() })
  const kept = (query.data?.pages.flatMap(({ items }) => items) ?? []).map(({ file, message }) => ({
    file: seenOf(file),
    message,
  }))
  const { open, dialog } = useFilePreview(kept.map(({ file }) => file))
  return (
    <SidePanel title={t('chat.files')} beside={channel.name} onClose={onClose}>
      <div className="min-h-0 flex-1 overflow-y-auto p-3">
        {query.isPending ? <Skeleton className="h-24 w-full" /> : null}
        {query.isError && !query.data ? (
          <ErrorState title={describe(query.error)} onRetry={() => void query.refetch()} />
        ) : null}
        {query.isSuccess && kept.length === 0 ? (
          <EmptyState
            icon={Paperclip}
            title={t('chat.channel_files.none')}
            text={t('chat.channel_files.how')}
          />
        ) : null}
        <ul className="flex flex-col gap-1" aria-label={t('chat.files')}>
          {kept.map(({ file, message }) => (
            <li key={file.id} className="flex items-center gap-1">
              {isVoice(file) ? (
                <span className="min-w-0 flex-1">
                  <VoiceNote file={file} />
                  <span className="block truncate pt-0.5 pl-1 text-12 text-faint">
                    {message.author.name} · {format.dateTime(message.created_at)}
                  </span>
                </span>
              ) : (
                <button
                  type="button"
                  className="flex min-w-0 flex-1 items-center gap-2 rounded-base p-1 text-left hover:bg-hover"
                  onClick={() => open(file)}
                >
                  <Thumbnail file={file} />
                  <span className="min-w-0 flex-1">
                    <span className="block truncate text-13">{file.name}</span>
                    <span className="block truncate text-12 text-faint">
                      {message.author.name} · {format.dateTime(message.created_at)} ·{' '}
                      {sizeText(currentOf(file)?.size ?? 0)}
                    </span>
                  </span>
                </button>
              )}
              <IconButton
                icon={MessageSquareText}
                size="small"
                label={t('chat.channel_files.jump', { name: file.name })}
                onClick={() => onJump(message)}
              />
            </li>
          ))}
        </ul>
        <MoreButton query={query} />
      </div>
      {dialog}
    </SidePanel>
  )
}
