import type { Note, NoteDocument } from '@rapport/contracts'
import { Component, lazy, Suspense, useEffect, useEffectEvent, useRef, useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../ui/Button.tsx'
import { useDescribeProblem } from '../../ui/problem.ts'
import { Skeleton } from '../../ui/Skeleton.tsx'
import { keepTyped } from '../../ui/typeAhead.ts'
import { readNotesAgain, type NotedRecord } from './api.ts'
import { withLabels } from './named.ts'
import { readNoteDraft, useNoteDraft, type Progress } from './useNoteDraft.ts'

/** Called when somebody is about to write, so that it is there when they do. */
export const loadEditor = () => import('./editor/RichText.tsx')
const RichText = lazy(loadEditor)

type Props = { record: NotedRecord; note: Note | null; onCreated?: (note: Note) => void; onDone: () => void }

/** Write in place: it saves itself, and says truly how far that is. */
export function NoteEditor({ record, note, onCreated = () => undefined, onDone }: Props) {
  const { t } = useTranslation()
  const [start] = useState<NoteDocument | null>(
    () => readNoteDraft(record, note)?.body ?? (note && withLabels(note.body, note)),
  )
  const { progress, autosave } = useNoteDraft({ record, note, onCreated })
  const [leaving, setLeaving] = useState(false)
  const takeTyped = useRef<() => string>(() => '')
  const leave = useEffectEvent(onDone)
  useEffect(() => {
    const take = keepTyped(() => leave())
    takeTyped.current = take
    return () => void take()
  }, [])

  const finish = async () => {
    setLeaving(true)
    const done = await autosave.flush()
    setLeaving(false)
    if (done) onDone()
  }
  const takeTheirs = () => {
    autosave.discard()
    readNotesAgain(record)
    onDone()
  }
  return (
    <div className="rounded-base border border-line-strong bg-base focus-within:border-accent">
      <EditorFrame fallback={<p className="p-2.5 text-13 text-muted">{t('notes.not_loaded')}</p>}>
        <Suspense fallback={<Skeleton className="m-2.5 h-20" />}>
          <RichText
            initial={start}
            takeTyped={() => takeTyped.current()}
            onChange={autosave.change}
            onSubmit={() => void finish()}
            onLeave={() => void finish()}
          />
        </Suspense>
      </EditorFrame>
      <div className="flex flex-wrap items-center justify-between gap-2 border-t border-line px-2.5 py-1.5">
        <State progress={progress} />
        <div className="ml-auto flex flex-wrap gap-1.5">
          {progress.theirs ? (
            <Decision
              onTheirs={takeTheirs}
              onMine={() => progress.theirs && void autosave.insist(progress.theirs)}
            />
          ) : null}
          {progress.state === 'refused' || progress.state === 'offline' ? (
            <Button size="small" onClick={() => void autosave.flush()}>
              {t('notes.retry')}
            </Button>
          ) : null}
          <Button
            size="small"
            variant="primary"
            shortcut="mod+enter"
            loading={leaving}
            onClick={() => void finish()}
          >
            {t('notes.done')}
          </Button>
        </div>
      </div>
    </div>
  )
}

function Decision({ onTheirs, onMine }: { onTheirs: () => void; onMine: () => void }) {
  const { t } = useTranslation()
  return (
    <>
      <Button size="small" onClick={onTheirs}>
        {t('notes.theirs')}
      </Button>
      <Button size="small" onClick={onMine}>
        {t('notes.mine')}
      </Button>
    </>
  )
}

function State({ progress: { state, error, theirs } }: { progress: Progress }) {
  const { t } = useTranslation()
  const describe = useDescribeProblem()
  const words = {
    name: theirs?.edited_by?.name ?? t('notes.somebody'),
    reason: error === undefined ? '' : describe(error),
  }
  return (
    <output className="min-w-0 flex-1 text-12 text-muted">
      {state === null ? '' : t(`notes.state.${state}`, words)}
    </output>
  )
}

/** The code of the editor may not arrive; what is on the page stays. */
class EditorFrame extends Component<{ fallback: ReactNode; children: ReactNode }, { failed: boolean }> {
  override state = { failed: false }
  static getDerivedStateFromError = () => ({ failed: true })
  override render() {
    return this.state.failed ? this.props.fallback : this.props.children
  }
}
