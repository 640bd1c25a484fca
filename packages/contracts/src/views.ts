/** Saved views: how a list of one object is shown, and to whom. What a list is asked for is spelled as in ListQuery. */
import { z } from 'zod'
import { RoleKey } from './identity.ts'
import { ListQuery } from './lists.ts'
import { operation } from './operation.ts'
import { Id, IdParams, line, Timestamp, Version } from './shared.ts'

export const viewLayouts = ['table', 'board', 'calendar'] as const
export const viewVisibilities = ['private', 'team', 'everyone'] as const

/** The word of an object in routes and events, `lead`; of a custom object its key. */
const ObjectName = z.string().regex(/^[a-z][a-z0-9_]{0,62}$/, 'must be the name of an object')
const FieldName = z.string().min(1).max(100)

export const ViewColumn = z.strictObject({
  field: FieldName,
  width: z.int().min(40).max(2000).optional().describe('Pixels'),
  hidden: z.boolean().optional().describe('Keeps its place without being shown'),
})
export type ViewColumn = z.output<typeof ViewColumn>

const settings = {
  layout: z.enum(viewLayouts),
  columns: z.array(ViewColumn).max(200).describe('In their order; none for the usual ones'),
  filter: z.record(z.string(), z.unknown()).nullable().describe('The filter of the lists, as JSON'),
  sort: ListQuery.shape.sort.unwrap().nullable(),
  group_by: FieldName.nullable(),
  date_field: FieldName.nullable().describe('Where a calendar puts a record'),
  pipeline_id: Id.nullable().describe('Of a board'),
  visibility: z.enum(viewVisibilities).describe('Others than its owner see it only with views:share'),
  team_id: Id.nullable().describe('Who sees it, when the visibility is team'),
  position: z.int().min(0).max(100_000).describe('Its place among the views'),
  is_default_for: z
    .array(RoleKey)
    .max(500)
    .describe('Roles that get it when they open the object without a view; every role has one at most'),
}

/** What of a view does not apply: a field that is hidden from the caller or gone, a pipeline that was deleted. */
export const viewParts = ['columns', 'filter', 'sort', 'group_by', 'date_field', 'pipeline_id'] as const
export const LeftOut = z.object({ part: z.enum(viewParts), field: z.string().nullable() })
export type LeftOut = z.infer<typeof LeftOut>

export const View = z.object({
  id: Id,
  object: z.string(),
  name: z.string(),
  ...settings,
  owner_id: Id,
  version: z.int(),
  created_at: Timestamp,
  updated_at: Timestamp,
  /** Whether the caller gets it when none is asked for. */
  is_default: z.boolean(),
  /** Parts that are not told, because they do not apply to the caller or not any more. */
  left_out: z.array(LeftOut),
  can: z.object({ update: z.boolean(), delete: z.boolean() }),
})
export type View = z.infer<typeof View>

export const NewView = z.strictObject({
  object: ObjectName,
  name: line(80),
  layout: settings.layout.default('table'),
  columns: settings.columns.default([]),
  filter: settings.filter.default(null),
  sort: settings.sort.default(null),
  group_by: settings.group_by.default(null),
  date_field: settings.date_field.default(null),
  pipeline_id: settings.pipeline_id.default(null),
  visibility: settings.visibility.default('private'),
  team_id: settings.team_id.default(null),
  position: settings.position.optional(),
  is_default_for: settings.is_default_for.default([]),
})
export type NewView = z.output<typeof NewView>

export const ViewChange = z.strictObject({ name: line(80), ...settings, version: Version }).partial()
export type ViewChange = z.output<typeof ViewChange>

export const views = {
  list: operation({
    method: 'GET',
    path: '/crm/views',
    summary: 'The views of an object that the caller may open, in their order',
    query: z.strictObject({ object: ObjectName }),
    reply: z.object({ items: z.array(View), next_cursor: z.null() }),
  }),
  create: operation({
    method: 'POST',
    path: '/crm/views',
    summary: 'Save a view',
    body: NewView,
    status: 201,
    reply: View,
  }),
  get: operation({
    method: 'GET',
    path: '/crm/views/{id}',
    summary: 'One view',
    params: IdParams,
    reply: View,
  }),
  update: operation({
    method: 'PATCH',
    path: '/crm/views/{id}',
    summary: 'Change a view; the version may also come as If-Match',
    params: IdParams,
    body: ViewChange,
    reply: View,
  }),
  remove: operation({
    method: 'DELETE',
    path: '/crm/views/{id}',
    summary: 'Delete a view; the records stay',
    params: IdParams,
    status: 204,
  }),
}
