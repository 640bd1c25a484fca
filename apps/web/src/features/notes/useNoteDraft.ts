/** One note as it is being written: saved by itself, kept on the device until the server has it. */
import { isEmptyNote, type Note, type NoteDocument } from '@rapport/contracts'
import { useEffect, useRef, useState } from 'react'
import { forgetDraft, keepDraft, readDraft } from '../../ui/drafts.ts'
import { isNetworkFailure, isProblem } from '../../ui/problem.ts'
import { createNote, readNotesAgain, rewriteNote, type NotedRecord } from './api.ts'
import { createAutosave, type Hindrance, type SaveState } from './autosave.ts'

type Draft = { body: NoteDocument; version: number | null }
export const draftKey = ({ object, id }: NotedRecord, note: Pick<Note, 'id'> | null) =>
  `note.${object}.${id}.${note?.id ?? 'new'}`

export const readNoteDraft = (record: NotedRecord, note: Pick<Note, 'id'> | null): Draft | null => {
  const draft = readDraft<Draft>(draftKey(record, note))
  return draft?.body ? { body: draft.body, version: draft.version ?? null } : null
}

export type Progress = { state: SaveState | null; error?: unknown; theirs?: Note }

type Given = { record: NotedRecord; note: Note | null; onCreated: (note: Note) => void }

export function useNoteDraft({ record, note, onCreated }: Given) {
  const [progress, setProgress] = useState<Progress>({ state: null })
  const [autosave] = useState(() => {
    const key = draftKey(record, note)
    const idempotencyKey = crypto.randomUUID()
    const draft = readNoteDraft(record, note)
    // What was begun on an older version is not put over the newer one unasked.
    let known: Pick<Note, 'id' | 'version'> | null = note && {
      id: note.id,
      version: draft?.version ?? note.version,
    }
    const saving = createAutosave<NoteDocument>({
      async save(body) {
        if (known === null && isEmptyNote(body)) return
        const saved = known
          ? await rewriteNote(known.id, body, known.version)
          : await createNote(record, body, idempotencyKey)
        if (known === null) onCreated(saved)
        known = saved
        readNotesAgain(record)
      },
      keep: (body) => keepDraft(key, { body, version: known?.version ?? null } satisfies Draft),
      forget: () => forgetDraft(key),
      tell: (state, error) => {
        const theirs =
          isProblem(error) && error.code === 'version_conflict' ? (error.problem.current as Note) : undefined
        setProgress({ state, error, ...(theirs ? { theirs } : {}) })
      },
      judge,
    })
    return {
      ...saving,
      /** Mine is written over what somebody else wrote meanwhile. */
      insist: (theirs: Note) => {
        known = theirs
        return saving.flush()
      },
    }
  })

  const latest = useRef(autosave)
  useEffect(() => {
    const saving = latest.current
    const now = () => void saving.flush()
    addEventListener('online', now)
    return () => {
      removeEventListener('online', now)
      void saving.flush().finally(saving.stop)
    }
  }, [])

  return { progress, autosave }
}

function judge(error: unknown): Hindrance {
  if (isNetworkFailure(error)) return 'offline'
  if (!isProblem(error)) return 'refused'
  if (error.code === 'version_conflict') return 'conflict'
  // A server that is busy or being worked on may take it later.
  return error.status >= 500 || error.status === 429 ? 'offline' : 'refused'
}
