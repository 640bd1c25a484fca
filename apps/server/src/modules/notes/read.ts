import type { Note, NoteQuery, NoteVersion } from '@rapport/contracts'
import { decodeCursor, encodeCursor } from '../../platform/lists/index.ts'
import { notFound } from '../../platform/problems.ts'
import type { Ctx } from '../../platform/tenancy.ts'
import { readPlace, type Place } from '../records/index.ts'
import { presentNote, presentNotes, presentVersions } from './present.ts'
import { findNote, listNotes, listVersions, type NoteKey, type NoteRow } from './repository.ts'

type Context = Pick<Ctx, 'tx' | 'actor'>
type PageOf<Item> = { items: Item[]; next_cursor: string | null }

const order = 'notes:-pinned,-id'
const versionOrder = 'note_versions:-version'

export async function readNotesOf(ctx: Context, query: NoteQuery): Promise<PageOf<Note>> {
  const { object, record_id, limit, cursor, trashed } = query
  const place = await readPlace(ctx, { object, id: record_id }, 'query.object')
  const rows = await listNotes(ctx, {
    object,
    record_id,
    trashed: trashed === 'true',
    limit: limit + 1,
    after: cursor === undefined ? null : readKey(cursor),
  })
  const items = rows.slice(0, limit)
  const last = rows.length > limit ? items.at(-1) : undefined
  return {
    items: await presentNotes(ctx, place, items),
    next_cursor: last ? encodeCursor(order, JSON.stringify([String(last.pinned), last.id])) : null,
  }
}

function readKey(cursor: string): NoteKey {
  const [pinned, id] = decodeCursor(order, ['text', 'uuid'], cursor)
  return { pinned: pinned === 'true', id: String(id) }
}

export async function readNote(ctx: Context, id: string): Promise<Note> {
  const { place, row } = await requireNote(ctx, id)
  return presentNote(ctx, place, row)
}

export async function readVersions(
  ctx: Context,
  id: string,
  { limit, cursor }: { limit: number; cursor?: string | undefined },
): Promise<PageOf<NoteVersion>> {
  const { row } = await requireNote(ctx, id)
  const [before] = cursor === undefined ? [] : decodeCursor(versionOrder, ['int4'], cursor)
  const rows = await listVersions(ctx, row.id, {
    limit: limit + 1,
    before: before == null ? null : Number(before),
  })
  const items = rows.slice(0, limit)
  const last = rows.length > limit ? items.at(-1) : undefined
  return {
    items: await presentVersions(ctx, items),
    next_cursor: last ? encodeCursor(versionOrder, JSON.stringify([String(last.version)])) : null,
  }
}

/** Whoever does not see the record does not see that something is noted there. */
export async function requireNote(
  ctx: Context,
  id: string,
  find: typeof readPlace = readPlace,
): Promise<{ place: Place; row: NoteRow }> {
  const row = await findNote(ctx, id)
  if (!row) throw notFound('note', id)
  try {
    return { place: await find(ctx, { object: row.object, id: row.record_id }), row }
  } catch (error) {
    if (error instanceof Error && 'status' in error && (error.status === 404 || error.status === 422))
      throw notFound('note', id)
    throw error
  }
}
