/** Writing notes. They are written with their record locked, so that two at once take turns. */
import { isDeepStrictEqual } from 'node:util'
import {
  isEmptyNote,
  noteReferences,
  noteText,
  type NewNote,
  type Note,
  type NoteChange,
  type NoteDocument,
} from '@rapport/contracts'
import { newId } from '../../platform/ids.ts'
import { conflict, forbidden, invalidField } from '../../platform/problems.ts'
import type { Ctx } from '../../platform/tenancy.ts'
import { lockPlace, mayRewriteAt, type Place } from '../records/index.ts'
import { auditedText, emitNote, noteOnTimeline, renoteOnTimeline } from './facts.ts'
import { forgetNotes, indexNotes } from './found.ts'
import { presentNote } from './present.ts'
import { requireNote } from './read.ts'
import {
  findNote,
  insertNote,
  keepVersion,
  pinNote,
  rewriteNote,
  trashNote,
  type NoteRow,
} from './repository.ts'

export async function writeNote(ctx: Ctx, { record, body, pinned = false }: NewNote): Promise<Note> {
  if (isEmptyNote(body)) throw invalidField('body', 'invalid_value', 'must say something')
  const place = await lockPlace(ctx, record, 'record.object')
  const note = { id: newId(), body, text: noteText(body), version: 1 }
  const activity_id = await noteOnTimeline(ctx, place, note)
  await insertNote(ctx, { ...note, object: record.object, record_id: place.id, pinned, activity_id })
  await indexNotes(ctx, [{ ...note, object: record.object, record_id: place.id }])
  await keepVersion(ctx, note)
  emitNote(ctx, place, note, {
    type: 'note.created',
    data: { mentioned: noteReferences(body).users },
    changes: { after: { ...auditedText(note), pinned } },
  })
  return presentNote(ctx, place, await kept(ctx, note.id))
}

export async function changeNote(ctx: Ctx, id: string, { body, pinned, version }: NoteChange): Promise<Note> {
  const { place, row: before } = await lockNote(ctx, id)
  if (before.deleted_at !== null) throw noteInTrash()
  if (body !== undefined && !isDeepStrictEqual(body, before.body)) {
    requireRewriting(ctx, place, before)
    if (version !== undefined && version !== before.version)
      throw conflict('version_conflict', 'The note was changed since the version that you read.', {
        current: await presentNote(ctx, place, before),
        conflicts: ['body'],
      })
    await rewrite(ctx, place, before, body)
  }
  if (pinned !== undefined && pinned !== before.pinned) {
    await pinNote(ctx, before.id, pinned)
    emitNote(ctx, place, before, {
      type: 'note.updated',
      data: { what: 'pinned', mentioned: [] },
      changes: { before: { pinned: before.pinned }, after: { pinned } },
    })
  }
  return presentNote(ctx, place, await kept(ctx, before.id))
}

async function rewrite(ctx: Ctx, place: Place, before: NoteRow, body: NoteDocument): Promise<void> {
  const after = { ...before, body, text: noteText(body), version: before.version + 1 }
  await rewriteNote(ctx, after)
  await indexNotes(ctx, [after])
  const begins = await keepVersion(ctx, after)
  await renoteOnTimeline(ctx, after)
  const known = noteReferences(before.body).users
  emitNote(ctx, place, after, {
    type: 'note.updated',
    data: { what: 'written', mentioned: noteReferences(body).users.filter((user) => !known.includes(user)) },
    changes: { before: auditedText(before), after: auditedText(after) },
    unaudited: !begins,
  })
}

export const trash = (ctx: Ctx, id: string): Promise<Note> => setTrashed(ctx, id, true)
export const restore = (ctx: Ctx, id: string): Promise<Note> => setTrashed(ctx, id, false)

/** Both may be repeated. */
async function setTrashed(ctx: Ctx, id: string, trashed: boolean): Promise<Note> {
  const { place, row: before } = await lockNote(ctx, id)
  requireRewriting(ctx, place, before)
  if ((before.deleted_at !== null) === trashed) return presentNote(ctx, place, before)
  await trashNote(ctx, before.id, trashed)
  await (trashed ? forgetNotes(ctx, [before.id]) : indexNotes(ctx, [before]))
  const after = await kept(ctx, before.id)
  await renoteOnTimeline(ctx, after)
  emitNote(ctx, place, after, {
    type: trashed ? 'note.deleted' : 'note.restored',
    changes: { after: { ...auditedText(after), deleted_at: after.deleted_at } },
  })
  return presentNote(ctx, place, after)
}

/** As it is once its record is locked. */
async function lockNote(ctx: Ctx, id: string): Promise<{ place: Place; row: NoteRow }> {
  const { place, row } = await requireNote(ctx, id, lockPlace)
  return { place, row: await kept(ctx, row.id) }
}

async function kept(ctx: Ctx, id: string): Promise<NoteRow> {
  const row = await findNote(ctx, id)
  if (!row) throw new Error(`The note ${id} is gone.`)
  return row
}

function requireRewriting({ actor }: Ctx, place: Place, { created_by }: NoteRow): void {
  if (mayRewriteAt(actor, place, created_by)) return
  throw forbidden(
    'not_your_note',
    'Only who wrote a note, or who may delete its record, can change or delete it.',
  )
}

const noteInTrash = () =>
  conflict('note_in_trash', 'The note is in the trash. Restore it before you change it.')
