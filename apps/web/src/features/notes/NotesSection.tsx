import { useInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../ui/Button.tsx'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { useDescribeProblem } from '../../ui/problem.ts'
import { Skeleton } from '../../ui/Skeleton.tsx'
import { notesQuery, type NotedRecord } from './api.ts'
import { NoteCard } from './NoteCard.tsx'
import { loadEditor, NoteEditor } from './NoteEditor.tsx'
import { readNoteDraft } from './useNoteDraft.ts'

/** What is being written: a new note, which has an id once it is saved, or one that is there. */
type Writing = { as: 'new'; id: string | null } | { as: 'change'; id: string }

/** What does not come is asked for again when it is needed, and told then. */
const loadEarly = () => void loadEditor().catch(() => undefined)

/** The notes of a record, and a place on top to write one. */
export function NotesSection({ record, readOnly }: { record: NotedRecord; readOnly: boolean }) {
  const { t } = useTranslation()
  const describe = useDescribeProblem()
  const query = useInfiniteQuery(notesQuery(record))
  const [writing, setWriting] = useState<Writing | null>(() =>
    !readOnly && readNoteDraft(record, null) ? { as: 'new', id: null } : null,
  )
  const done = () => setWriting(null)
  const notes = query.data?.pages.flatMap((page) => page.items) ?? []
  const listed = notes.filter(({ id }) => !(writing?.as === 'new' && writing.id === id))
  return (
    <section aria-label={t('notes.title')} className="flex flex-col gap-2">
      <h2 className="text-11 font-semibold text-faint uppercase">{t('notes.title')}</h2>
      {readOnly ? null : writing?.as === 'new' ? (
        <NoteEditor
          record={record}
          note={null}
          onCreated={({ id }) => setWriting({ as: 'new', id })}
          onDone={done}
        />
      ) : (
        <button
          type="button"
          className="h-control cursor-text rounded-base border border-line-control bg-base px-2.5 text-left text-13 text-faint hover:border-line-strong"
          onPointerEnter={loadEarly}
          onFocus={loadEarly}
          onClick={() => setWriting({ as: 'new', id: null })}
        >
          {t('notes.write')}
        </button>
      )}
      {query.isError && !query.data ? (
        <ErrorState title={describe(query.error)} onRetry={() => void query.refetch()} />
      ) : null}
      {query.isPending ? <Skeleton className="h-16 w-full" /> : null}
      {query.isSuccess && listed.length === 0 && writing === null && readOnly ? (
        <p className="text-13 text-muted">{t('notes.none')}</p>
      ) : null}
      {listed.map((note) =>
        writing?.as === 'change' && writing.id === note.id ? (
          <NoteEditor key={note.id} record={record} note={note} onDone={done} />
        ) : (
          <NoteCard key={note.id} note={note} onEdit={() => setWriting({ as: 'change', id: note.id })} />
        ),
      )}
      {query.hasNextPage ? (
        <Button
          variant="ghost"
          size="small"
          loading={query.isFetchingNextPage}
          onClick={() => void query.fetchNextPage()}
        >
          {t('notes.more')}
        </Button>
      ) : null}
    </section>
  )
}
