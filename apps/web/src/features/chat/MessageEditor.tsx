import { isEmptyNote, type NoteDocument } from '@rapport/contracts'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../ui/Button.tsx'
import { notify } from '../../ui/notify.ts'
import { useDescribeProblem } from '../../ui/problem.ts'
import { Skeleton } from '../../ui/Skeleton.tsx'
import { withLabels } from '../notes/named.ts'
import { rewrite } from './api.ts'
import { withLinks } from './withLinks.ts'
import type { Said } from './messages.ts'

const ChatField = lazy(() => import('./editor/ChatField.tsx'))

/** Rewrites a message where it stands. */
export function MessageEditor({ message, onDone }: { message: Said; onDone: () => void }) {
  const { t } = useTranslation()
  const describe = useDescribeProblem()
  const [start] = useState(() => withLabels({ type: 'doc', content: message.body?.content ?? [] }, message))
  const [document, setDocument] = useState<NoteDocument>(start)
  const nothing = isEmptyNote(document) && message.files.length === 0
  const save = () => {
    if (nothing) return
    onDone()
    if (JSON.stringify(document) === JSON.stringify(start)) return
    void rewrite(message, withLinks(document)).catch((error: unknown) =>
      notify.problem(t('chat.problem.edit'), describe(error)),
    )
  }
  return (
    <div className="my-1 rounded-base border border-line-control bg-base focus-within:border-focus">
      <Suspense fallback={<Skeleton className="m-2 h-5" />}>
        <ChatField
          initial={start}
          label={t('chat.act.edit')}
          placeholder={t('chat.act.edit')}
          autoFocus
          tools={false}
          onChange={setDocument}
          onSubmit={save}
          onLeave={() => {
            onDone()
            return true
          }}
        />
      </Suspense>
      <div className="flex justify-end gap-1.5 px-1.5 pb-1.5">
        <Button size="small" variant="ghost" shortcut="escape" onClick={onDone}>
          {t('common.action.cancel')}
        </Button>
        <Button size="small" variant="primary" disabled={nothing} onClick={save}>
          {t('common.action.save')}
        </Button>
      </div>
    </div>
  )
}
