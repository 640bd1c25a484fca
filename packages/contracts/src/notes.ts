/** Notes on records: text with structure, its history, and whom and what it names. */
import { z } from 'zod'
import { NoteBody, ToldNoteBody } from './note-document.ts'
import { operation } from './operation.ts'
import { Id, IdParams, page, Timestamp, Version } from './shared.ts'

/** The record that something is kept beside: `lead`, or the key of an object of one's own. */
export const RecordRef = z.strictObject({ object: z.string().min(1).max(60), id: Id })
export type RecordRef = z.infer<typeof RecordRef>

const Person = z.object({ id: Id.nullable(), name: z.string() })
/** What the nodes of a note lead to, as far as the reader may know: what is not here is not to be told. */
const named = {
  people: z.array(z.object({ id: Id, name: z.string() })),
  records: z.array(z.object({ object: z.string(), id: Id, title: z.string() })),
}

export const Note = z.object({
  id: Id,
  record: z.object({ object: z.string(), id: Id }),
  body: ToldNoteBody,
  text: z.string().describe('What can be read in it, without what members and records are called'),
  ...named,
  pinned: z.boolean(),
  author: Person,
  edited_by: Person.nullable(),
  edited_at: Timestamp.nullable(),
  version: z.int().describe('Counts what was written; pinning is no new version'),
  created_at: Timestamp,
  deleted_at: Timestamp.nullable(),
  can: z.object({ update: z.boolean(), pin: z.boolean() }),
})
export type Note = z.infer<typeof Note>

/** How a note was at the end of one sitting of one person. */
export const NoteVersion = z.object({
  version: z.int(),
  body: ToldNoteBody,
  text: z.string(),
  ...named,
  by: Person,
  saved_at: Timestamp,
})
export type NoteVersion = z.infer<typeof NoteVersion>

export const NewNote = z.strictObject({
  record: RecordRef,
  body: NoteBody,
  pinned: z.boolean().optional(),
})
export type NewNote = z.output<typeof NewNote>

export const NoteChange = z.strictObject({
  body: NoteBody.optional(),
  pinned: z.boolean().optional(),
  version: Version.optional(),
})
export type NoteChange = z.output<typeof NoteChange>

const PageOf = z.strictObject({
  limit: z.coerce.number().int().min(1).max(100).default(20),
  cursor: z.string().max(2000).optional(),
})
export const NoteQuery = PageOf.extend({
  object: z.string().min(1).max(60),
  record_id: Id,
  trashed: z.enum(['true', 'false']).default('false').describe('Those in the trash instead'),
})
export type NoteQuery = z.output<typeof NoteQuery>

export const notes = {
  list: operation({
    method: 'GET',
    path: '/crm/notes',
    problems: [404],
    summary: 'Notes of a record, pinned ones first, then the newest',
    query: NoteQuery,
    reply: page(Note),
  }),
  create: operation({
    method: 'POST',
    path: '/crm/notes',
    problems: [404],
    summary: 'Write a note on a record',
    body: NewNote,
    status: 201,
    reply: Note,
  }),
  get: operation({
    method: 'GET',
    path: '/crm/notes/{id}',
    summary: 'One note',
    params: IdParams,
    reply: Note,
  }),
  update: operation({
    method: 'PATCH',
    path: '/crm/notes/{id}',
    summary: 'Rewrite or pin a note; the version may also come as If-Match',
    params: IdParams,
    body: NoteChange,
    reply: Note,
  }),
  remove: operation({
    method: 'DELETE',
    path: '/crm/notes/{id}',
    summary: 'Move a note to the trash',
    params: IdParams,
    status: 204,
  }),
  restore: operation({
    method: 'POST',
    path: '/crm/notes/{id}/restore',
    summary: 'Take a note out of the trash',
    params: IdParams,
    reply: Note,
  }),
  versions: operation({
    method: 'GET',
    path: '/crm/notes/{id}/versions',
    summary: 'How a note was after each sitting, the newest first; writing one of them again brings it back',
    params: IdParams,
    query: PageOf,
    reply: page(NoteVersion),
  }),
}
