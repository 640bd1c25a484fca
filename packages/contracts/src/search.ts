import { z } from 'zod'
import { RecordRef } from './notes.ts'
import { operation } from './operation.ts'
import { Id } from './shared.ts'

export const SearchHit = z.object({
  /** The kind of the record; `note` and `attachment` are what stands beside one. */
  object: z.string(),
  id: Id,
  /** What it is called; of a note the part that was found. */
  title: z.string(),
  /** More of a record; of a note or a file, what its record is called. */
  subtitle: z.string().nullable(),
  score: z.number(),
  /** The title with matches between « and ». */
  highlight: z.string(),
  /** The record of a note or a file; otherwise null. */
  record: RecordRef.nullable(),
})
export type SearchHit = z.infer<typeof SearchHit>

export const search = {
  search: operation({
    method: 'GET',
    path: '/crm/search',
    summary: 'Search records, notes and files by words, parts of words, e-mail or phone, also misspelt',
    query: z.strictObject({
      q: z.string().trim().min(1).max(200),
      limit: z.coerce.number().int().min(1).max(50).default(20),
    }),
    reply: z.object({ items: z.array(SearchHit) }),
  }),
}
