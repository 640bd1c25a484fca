import type { Note } from '@rapport/contracts'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../ui/Button.tsx'
import { cx } from '../../ui/cx.ts'
import { Dialog } from '../../ui/Dialog.tsx'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { useFormat } from '../../ui/format.ts'
import { notify } from '../../ui/notify.ts'
import { useDescribeProblem } from '../../ui/problem.ts'
import { Skeleton } from '../../ui/Skeleton.tsx'
import { useRestoreVersion, versionsQuery } from './api.ts'
import { NoteText } from './NoteText.tsx'

/** How the note was after each sitting; one of them can be written again. */
export function HistoryDialog({ note, onClose }: { note: Note; onClose: () => void }) {
  const { t } = useTranslation()
  const format = useFormat()
  const describe = useDescribeProblem()
  const query = useQuery(versionsQuery(note.id))
  const restore = useRestoreVersion()
  const [chosen, setChosen] = useState<number | null>(null)
  const versions = query.data ?? []
  const shown = versions.find(({ version }) => version === chosen) ?? versions[0]
  const bringBack = () =>
    shown &&
    restore.mutate(
      { note, body: shown.body },
      {
        onSuccess: () => {
          notify.success(t('notes.history.restored'))
          onClose()
        },
        onError: (error) => notify.problem(t('common.problem.title'), describe(error)),
      },
    )
  return (
    <Dialog
      open
      size="large"
      onOpenChange={onClose}
      title={t('notes.history.title')}
      footer={
        note.can.update && shown && shown.version !== note.version ? (
          <Button variant="primary" loading={restore.isPending} onClick={bringBack}>
            {t('notes.history.restore')}
          </Button>
        ) : null
      }
    >
      {query.isError ? (
        <ErrorState title={describe(query.error)} onRetry={() => void query.refetch()} />
      ) : null}
      {query.isPending ? <Skeleton className="h-40 w-full" /> : null}
      {shown ? (
        <div className="grid gap-4 sm:grid-cols-[13rem_1fr]">
          <ol
            aria-label={t('notes.history.versions')}
            className="flex max-h-40 flex-col overflow-y-auto sm:max-h-none"
          >
            {versions.map(({ version, by, saved_at }) => (
              <li key={version}>
                <button
                  type="button"
                  aria-current={version === shown.version}
                  className={cx('option-row w-full text-left', version === shown.version && 'bg-selected')}
                  onClick={() => setChosen(version)}
                >
                  <span className="min-w-0 flex-1 truncate">
                    {version === note.version
                      ? t('notes.history.now')
                      : t('notes.history.by', { name: by.name, when: format.ago(saved_at) })}
                  </span>
                </button>
              </li>
            ))}
          </ol>
          <div className="min-w-0 text-13">
            <p className="mb-2 text-12 text-faint">
              {t('notes.history.by', { name: shown.by.name, when: format.dateTime(shown.saved_at) })}
            </p>
            <NoteText note={shown} />
          </div>
        </div>
      ) : null}
    </Dialog>
  )
}
