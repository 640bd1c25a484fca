/** Tags: words with a colour that an organization puts on records of any kind. */
import { z } from 'zod'
import { Color } from './colors.ts'
import { operation } from './operation.ts'
import { Id, IdParams, line, Timestamp, Version } from './shared.ts'

export const maxTags = 2_000
export const maxRecordTags = 50
const maxMerged = 100

/** A tag as a record tells it. */
export const RecordTag = z.object({ id: Id, name: z.string(), color: Color })
export type RecordTag = z.infer<typeof RecordTag>

export const Tag = z.object({
  ...RecordTag.shape,
  version: z.int(),
  created_at: Timestamp,
  updated_at: Timestamp,
})
export type Tag = z.infer<typeof Tag>

/** Two spellings that differ only in case and spaces name one tag. */
export const tagKey = (name: string): string =>
  name.normalize('NFC').trim().replace(/\s+/g, ' ').toLowerCase()

const tagId = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i
/** A text that looks like an id is one, wherever a tag can be given by id or by name. */
export const isTagId = (text: string): boolean => tagId.test(text)

const TagName = line(60).transform((name) => name.normalize('NFC').replace(/\s+/g, ' '))
const NewTagName = TagName.refine((name) => !isTagId(name), 'must not look like an id')

/** Ids or names in any order; a name that is new makes a tag, where the role may do so. */
export const TagList = z.array(TagName).max(maxRecordTags).describe('Ids or names, in any order')
/** All of them, or those that come and go: two people who add different ones do not get in each other's way. */
export const TagChange = z.union([
  TagList,
  z.strictObject({ add: TagList.optional(), remove: TagList.optional() }),
])
export type TagChange = z.output<typeof TagChange>

export const NewTag = z.strictObject({ name: NewTagName, color: Color.optional() })
export type NewTag = z.output<typeof NewTag>
export const TagUpdate = z.strictObject({
  name: NewTagName.optional(),
  color: Color.optional(),
  version: Version.optional(),
})
export type TagUpdate = z.output<typeof TagUpdate>

/** How many records of an object carry a tag, those in the trash too. */
export const TagUsage = z.object({ tag_id: Id, object: z.string(), records: z.int() })
export type TagUsage = z.infer<typeof TagUsage>

const Carried = z.int().describe('How many records carried it, those in the trash too')

export const tags = {
  list: operation({
    method: 'GET',
    path: '/crm/tags',
    summary: 'All tags, by name',
    reply: z.object({ items: z.array(Tag), next_cursor: z.null() }),
  }),
  create: operation({
    method: 'POST',
    path: '/crm/tags',
    summary: 'Make a tag; without a colour it gets one of the palette',
    body: NewTag,
    status: 201,
    reply: Tag,
  }),
  usage: operation({
    method: 'GET',
    path: '/crm/tags/usage',
    summary: 'How many records carry each tag; tags that none carries are left out',
    reply: z.object({ items: z.array(TagUsage), next_cursor: z.null() }),
  }),
  update: operation({
    method: 'PATCH',
    path: '/crm/tags/{id}',
    summary: 'Rename or recolour a tag, on all records at once; the version may also come as If-Match',
    params: IdParams,
    body: TagUpdate,
    reply: Tag,
  }),
  remove: operation({
    method: 'DELETE',
    path: '/crm/tags/{id}',
    summary: 'Delete a tag and take it off all records',
    params: IdParams,
    reply: z.object({ records: Carried }),
  }),
  merge: operation({
    method: 'POST',
    path: '/crm/tags/merge',
    summary: 'Make one of several tags: whatever carried any of them carries the winner',
    body: z.strictObject({ ids: z.array(Id).min(1).max(maxMerged), winner_id: Id }),
    status: 200,
    reply: z.object({ tag: Tag, records: z.int().describe('How many records carry the winner now') }),
  }),
}
