/** How many records have each value of a field: what a grouped list shows as its headers. */
import { z } from 'zod'
import { ListQuery } from './lists.ts'

export const maxGroups = 200

export const GroupsQuery = z.strictObject({
  group_by: z
    .string()
    .max(100)
    .describe('A select, user, relation, stage, text or number; a date or a time gives months'),
  filter: ListQuery.shape.filter,
  q: ListQuery.shape.q,
})
export type GroupsQuery = z.output<typeof GroupsQuery>

const counts = {
  count: z.int(),
  /** What they are worth together, by currency; nothing where the caller does not see the field. */
  sums: z.array(z.object({ field: z.string(), currency: z.string(), value: z.number() })),
}

export const Group = z.object({
  /** As text; a month as 2026-01, in the time zone of the caller. Null is for those without a value. */
  value: z.string().nullable(),
  /** Of what the value leads to: a member, a stage, a related record. Null where it is told to nobody or to others only. */
  name: z.string().nullable(),
  ...counts,
})
export type Group = z.infer<typeof Group>

export const Groups = z.object({
  items: z.array(Group).describe(`At most ${maxGroups}`),
  /** All further ones together. */
  others: z.object({ groups: z.int(), ...counts }).nullable(),
  total: z.int(),
})
export type Groups = z.infer<typeof Groups>
