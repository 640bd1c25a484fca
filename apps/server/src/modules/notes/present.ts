/** Notes as they are told to a caller who may read their record. */
import type { Note, NoteVersion } from '@rapport/contracts'
import type { Actor } from '../../platform/actor.ts'
import type { Ctx } from '../../platform/tenancy.ts'
import { mayRewriteAt, mayWriteAt, type Place } from '../records/index.ts'
import { readNames, type NamesOf } from './named.ts'
import type { NoteRow, VersionRow } from './repository.ts'

type Context = Pick<Ctx, 'tx' | 'actor'>

/** What was written by nobody, or by somebody who is not known any more. */
const person = (id: string | null, name: string | null) => ({ id, name: name ?? 'Rapport' })

function presentOne(actor: Actor, place: Place, row: NoteRow, namesOf: NamesOf): Note {
  const { id, object, record_id, body, text, pinned, version, created_at, edited_at, deleted_at } = row
  const live = deleted_at === null
  return {
    id,
    record: { object, id: record_id },
    body,
    text,
    ...namesOf(body),
    pinned,
    author: person(row.created_by, row.author_name),
    edited_by: edited_at === null ? null : person(row.edited_by, row.editor_name),
    edited_at,
    version,
    created_at,
    deleted_at,
    can: { update: mayRewriteAt(actor, place, row.created_by), pin: live && mayWriteAt(actor, place) },
  }
}

export async function presentNotes(ctx: Context, place: Place, rows: readonly NoteRow[]): Promise<Note[]> {
  const namesOf = await readNames(
    ctx,
    rows.map(({ body }) => body),
  )
  return rows.map((row) => presentOne(ctx.actor, place, row, namesOf))
}

export async function presentNote(ctx: Context, place: Place, row: NoteRow): Promise<Note> {
  return presentOne(ctx.actor, place, row, await readNames(ctx, [row.body]))
}

export async function presentVersions(ctx: Context, rows: readonly VersionRow[]): Promise<NoteVersion[]> {
  const namesOf = await readNames(
    ctx,
    rows.map(({ body }) => body),
  )
  return rows.map(({ version, body, text, saved_by, saved_by_name, saved_at }) => ({
    version,
    body,
    text,
    ...namesOf(body),
    by: person(saved_by, saved_by_name),
    saved_at,
  }))
}
