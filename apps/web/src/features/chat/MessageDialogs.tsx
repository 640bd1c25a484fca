import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { useFormat } from '../../ui/format.ts'
import { notify } from '../../ui/notify.ts'
import { useDescribeProblem } from '../../ui/problem.ts'
import { Skeleton } from '../../ui/Skeleton.tsx'
import { NoteText } from '../notes/NoteText.tsx'
import { removeMessage, versionsQuery } from './api.ts'
import type { Said } from './messages.ts'
import { RemindDialog } from './RemindDialog.tsx'
import type { Asked } from './useMessageActions.ts'

/** What is asked or shown of one message. */
export function MessageDialogs({ asked, onClose }: { asked: Asked | null; onClose: () => void }) {
  if (!asked) return null
  const { what, message } = asked
  if (what === 'remind') return <RemindDialog message={message} onClose={onClose} />
  const Shown = what === 'remove' ? RemoveDialog : HistoryDialog
  return <Shown message={message} onClose={onClose} />
}

/** What was said is gone for everybody: that is asked before. */
function RemoveDialog({ message, onClose }: { message: Said; onClose: () => void }) {
  const { t } = useTranslation()
  const describe = useDescribeProblem()
  const remove = () => {
    onClose()
    void removeMessage(message).catch((error: unknown) =>
      notify.problem(t('chat.problem.remove'), describe(error)),
    )
  }
  return (
    <ConfirmDialog
      open
      onOpenChange={onClose}
      title={t('chat.remove.title')}
      description={t('chat.remove.text', { count: message.files.length })}
      confirm={t('chat.act.delete')}
      onConfirm={remove}
    >
      <blockquote className="line-clamp-4 border-l-2 border-line-strong pl-3 text-13 text-muted">
        {message.body === null ? null : <NoteText note={{ ...message, body: message.body }} />}
      </blockquote>
    </ConfirmDialog>
  )
}

/** How a message was before each time it was rewritten. */
function HistoryDialog({ message, onClose }: { message: Said; onClose: () => void }) {
  const { t } = useTranslation()
  const format = useFormat()
  const describe = useDescribeProblem()
  const query = useQuery(versionsQuery(message.id))
  return (
    <Dialog open onOpenChange={onClose} title={t('chat.history')}>
      {query.isPending ? <Skeleton className="h-16 w-full" /> : null}
      {query.isError ? (
        <ErrorState title={describe(query.error)} onRetry={() => void query.refetch()} />
      ) : null}
      <ol className="flex flex-col divide-y divide-line">
        {(query.data ?? []).map(({ version, body, saved_at }) => (
          <li key={version} className="py-2 text-13">
            <p className="text-11 text-faint">{format.dateTime(saved_at)}</p>
            <NoteText note={{ ...message, body }} />
          </li>
        ))}
      </ol>
    </Dialog>
  )
}
