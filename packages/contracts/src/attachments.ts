/** Files on records. They are sent in pieces, so that a broken connection costs one piece and not the file. */
import { z } from 'zod'
import { RecordRef } from './notes.ts'
import { operation } from './operation.ts'
import { Id, IdParams, line, page, Timestamp } from './shared.ts'

/** Of one piece, in bytes. */
export const largestPiece = 8 * 1024 * 1024
/** Unless the operator sets another bound. */
export const usualLargestFile = 100 * 1024 * 1024

const Person = z.object({ id: Id.nullable(), name: z.string() })

export const AttachmentVersion = z.object({
  number: z.int(),
  size: z.int(),
  received: z.int().describe('Bytes that have arrived; the next piece begins there'),
  /** By its bytes; `application/octet-stream` when they say nothing. */
  media_type: z.string(),
  preview: z.enum(['none', 'pending', 'ready']).describe('A picture of an image, made anew by the server'),
  by: Person,
  created_at: Timestamp,
})
export type AttachmentVersion = z.infer<typeof AttachmentVersion>

export const Attachment = z.object({
  id: Id,
  record: z.object({ object: z.string(), id: Id }),
  name: z.string(),
  /** The number of the version that is shown; 0 while the first is still arriving. */
  current: z.int(),
  versions: z
    .array(AttachmentVersion)
    .describe('Newest first; what is still arriving is seen by who sends it'),
  author: Person,
  created_at: Timestamp,
  deleted_at: Timestamp.nullable(),
  can: z.object({ update: z.boolean(), delete: z.boolean() }),
})
export type Attachment = z.infer<typeof Attachment>

const FileName = line(200)
const Size = z.int().min(1)

const AttachmentQuery = z.strictObject({
  object: z.string().min(1).max(60),
  record_id: Id,
  trashed: z.enum(['true', 'false']).default('false').describe('Those in the trash instead'),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().max(2000).optional(),
})
export type AttachmentQuery = z.output<typeof AttachmentQuery>

const Piece = z.strictObject({
  number: z.coerce.number().int().min(1).describe('The version that it belongs to'),
  offset: z.coerce.number().int().min(0).describe('How many bytes have arrived before it'),
})
const VersionParams = z.strictObject({ id: Id, number: z.string().regex(/^[1-9]\d{0,5}$/) })

export const attachments = {
  list: operation({
    method: 'GET',
    path: '/crm/attachments',
    problems: [404],
    summary: 'Files of a record, the newest first',
    query: AttachmentQuery,
    reply: page(Attachment),
  }),
  create: operation({
    method: 'POST',
    path: '/crm/attachments',
    problems: [404],
    summary: 'Announce a file; the same file announced again goes on where it stopped. Its pieces follow',
    body: z.strictObject({ record: RecordRef, name: FileName, size: Size }),
    status: 201,
    reply: Attachment,
  }),
  usage: operation({
    method: 'GET',
    path: '/crm/attachments/usage',
    summary: 'How many files the organization keeps, how large they are together, and how large one may be',
    reply: z.object({ files: z.int(), bytes: z.int(), largest_file: z.int() }),
  }),
  get: operation({
    method: 'GET',
    path: '/crm/attachments/{id}',
    summary: 'One file with its versions, and how much of one has arrived',
    params: IdParams,
    reply: Attachment,
  }),
  announce: operation({
    method: 'POST',
    path: '/crm/attachments/{id}/versions',
    summary: 'Announce a new version of a file; the former ones are kept',
    params: IdParams,
    body: z.strictObject({ size: Size }),
    status: 201,
    reply: Attachment,
  }),
  send: operation({
    method: 'POST',
    path: '/crm/attachments/{id}/pieces',
    summary: 'Send the next piece of a file, of at most 8 MiB; with the last one it is there',
    multipart: true,
    params: IdParams,
    body: Piece,
    reply: Attachment,
  }),
  update: operation({
    method: 'PATCH',
    path: '/crm/attachments/{id}',
    summary: 'Rename a file',
    params: IdParams,
    body: z.strictObject({ name: FileName }),
    reply: Attachment,
  }),
  remove: operation({
    method: 'DELETE',
    path: '/crm/attachments/{id}',
    summary: 'Move a file to the trash',
    params: IdParams,
    status: 204,
  }),
  restore: operation({
    method: 'POST',
    path: '/crm/attachments/{id}/restore',
    summary: 'Take a file out of the trash',
    params: IdParams,
    reply: Attachment,
  }),
  content: operation({
    method: 'GET',
    path: '/crm/attachments/{id}/versions/{number}/content',
    summary: 'The file itself, to be saved and never shown as a page',
    params: VersionParams,
    media: 'application/octet-stream',
  }),
  preview: operation({
    method: 'GET',
    path: '/crm/attachments/{id}/versions/{number}/preview',
    summary: 'A picture of an image as WebP',
    params: VersionParams,
    query: z.strictObject({ size: z.enum(['small', 'large']).default('small') }),
    media: 'image/webp',
  }),
}
