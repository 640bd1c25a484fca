import type { Note, NoteDocument } from '@rapport/contracts'
import { infiniteQueryOptions, queryOptions, useMutation } from '@tanstack/react-query'
import { queryClient } from '../../app/queryClient.ts'
import { rapport } from '../../app/rapport.ts'
import { kindOf } from '../records/kinds.ts'
import { noteKeys } from './keys.ts'

export type NotedRecord = { object: string; id: string }

export const notesQuery = ({ object, id }: NotedRecord) =>
  infiniteQueryOptions({
    queryKey: noteKeys.of(object, id),
    queryFn: ({ pageParam, signal }) =>
      rapport.notes.list({
        query: { object, record_id: id, ...(pageParam === null ? {} : { cursor: pageParam }) },
        signal,
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next_cursor,
  })

/** One note, for where only its text is known, which has no names. */
export const noteQuery = (id: string) =>
  queryOptions({
    queryKey: [...noteKeys.named, id],
    queryFn: ({ signal }) => rapport.notes.get({ params: { id }, signal }),
    retry: false,
  })

export const versionsQuery = (id: string) =>
  queryOptions({
    queryKey: noteKeys.versions(id),
    queryFn: async ({ signal }) =>
      (await rapport.notes.versions({ params: { id }, query: { limit: 100 }, signal })).items,
    staleTime: 0,
  })

/** What is on screen of the notes of a record, and the timeline that tells of them. */
export function readNotesAgain({ object, id }: NotedRecord): void {
  void queryClient.invalidateQueries({ queryKey: noteKeys.of(object, id) })
  void queryClient.invalidateQueries({ queryKey: noteKeys.named })
  const kind = kindOf(object)
  if (kind) void queryClient.invalidateQueries({ queryKey: kind.store.keys.timeline(id) })
}

export const createNote = (record: NotedRecord, body: NoteDocument, idempotencyKey: string): Promise<Note> =>
  rapport.notes.create({ body: { record, body }, idempotencyKey })

export const rewriteNote = (id: string, body: NoteDocument, version: number): Promise<Note> =>
  rapport.notes.update({ params: { id }, body: { body, version } })

export const usePinNote = () =>
  useMutation({
    mutationFn: ({ id, pinned }: Pick<Note, 'id' | 'pinned'>) =>
      rapport.notes.update({ params: { id }, body: { pinned } }),
    onSettled: (note) => (note ? readNotesAgain(note.record) : undefined),
  })

export const useTrashNote = () =>
  useMutation({
    mutationFn: ({ id }: Note) => rapport.notes.remove({ params: { id } }),
    onSettled: (_answer, _error, note) => readNotesAgain(note.record),
  })

export const useRestoreNote = () =>
  useMutation({
    mutationFn: ({ id }: Note) => rapport.notes.restore({ params: { id } }),
    onSettled: (_answer, _error, note) => readNotesAgain(note.record),
  })

export const useRestoreVersion = () =>
  useMutation({
    mutationFn: ({ note, body }: { note: Note; body: NoteDocument }) =>
      rewriteNote(note.id, body, note.version),
    onSettled: (_answer, _error, { note }) => {
      readNotesAgain(note.record)
      void queryClient.invalidateQueries({ queryKey: noteKeys.versions(note.id) })
    },
  })
