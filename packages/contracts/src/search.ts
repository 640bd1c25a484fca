import { z } from 'zod'
import { operation } from './operation.ts'
import { Id } from './shared.ts'

export const SearchHit = z.object({
  object: z.string(),
  id: Id,
  title: z.string(),
  subtitle: z.string().nullable(),
  score: z.number(),
  /** The title with matches between « and ». */
  highlight: z.string(),
})
export type SearchHit = z.infer<typeof SearchHit>

export const search = {
  search: operation({
    method: 'GET',
    path: '/crm/search',
    summary: 'Search records by words, parts of words, e-mail or phone',
    query: z.strictObject({
      q: z.string().trim().min(1).max(200),
      limit: z.coerce.number().int().min(1).max(50).default(20),
    }),
    reply: z.object({ items: z.array(SearchHit) }),
  }),
}
