/** Who gets new records: rules, the members they choose among, and when those are away. */
import { z } from 'zod'
import { operation } from './operation.ts'
import { Id, IdParams, line, Timestamp, Version } from './shared.ts'

/** The objects whose records rules hand out. */
export const assignedObjects = ['lead', 'contact', 'company', 'deal'] as const
export const AssignedObject = z.enum(assignedObjects)
export type AssignedObject = z.infer<typeof AssignedObject>

export const assignmentStrategies = ['member', 'round_robin', 'load', 'territory'] as const
export type AssignmentStrategy = (typeof assignmentStrategies)[number]

export const Weighted = z.strictObject({ user_id: Id, weight: z.int().min(1).max(100) })
const Placed = z.strictObject({ user_id: Id, value: line(200) })
export const Somebody = z.strictObject({ user_id: Id })

/** How a rule chooses the member. */
export const AssignmentTarget = z.discriminatedUnion('strategy', [
  z.strictObject({ strategy: z.literal('member'), user_id: Id }),
  z
    .strictObject({ strategy: z.literal('round_robin'), members: z.array(Weighted).min(1).max(100) })
    .describe('In turn, each by their weight; who is away is passed over'),
  z
    .strictObject({ strategy: z.literal('load'), members: z.array(Somebody).min(1).max(100) })
    .describe('Whoever has the fewest open records'),
  z
    .strictObject({
      strategy: z.literal('territory'),
      field: z.string().max(100),
      members: z.array(Placed).min(1).max(500),
    })
    .describe('By the value of a field, as country or state; a value without a member goes to the next rule'),
])
export type AssignmentTarget = z.infer<typeof AssignmentTarget>

const Conditions = z
  .record(z.string(), z.unknown())
  .nullable()
  .describe('A filter as in lists; null meets every record')

export const AssignmentRule = z.object({
  id: Id,
  object: AssignedObject,
  name: z.string(),
  enabled: z.boolean(),
  position: z.int(),
  filter: Conditions,
  target: AssignmentTarget,
  version: z.int(),
  created_at: Timestamp,
  updated_at: Timestamp,
})
export type AssignmentRule = z.infer<typeof AssignmentRule>

export const NewAssignmentRule = z.strictObject({
  object: AssignedObject,
  name: line(120),
  enabled: z.boolean().default(true),
  filter: Conditions.default(null),
  target: AssignmentTarget,
})
export type NewAssignmentRule = z.output<typeof NewAssignmentRule>

export const AssignmentRuleChange = z.strictObject({
  name: line(120).optional(),
  enabled: z.boolean().optional(),
  position: z.int().min(0).optional().describe('0-based place among the rules of its object'),
  filter: Conditions.optional(),
  target: AssignmentTarget.optional(),
  version: Version.optional(),
})
export type AssignmentRuleChange = z.output<typeof AssignmentRuleChange>

export const AssignmentPreview = z.object({
  looked_at: z.int(),
  matched: z.int(),
  shares: z.array(z.object({ user_id: Id, records: z.int() })),
  passed_on: z.int().describe('Met the rule, which found nobody for them'),
})
export type AssignmentPreview = z.infer<typeof AssignmentPreview>

/** When a member is away, both days included. */
export const Absence = z.strictObject({ from_day: z.iso.date(), to_day: z.iso.date() })
export type Absence = z.infer<typeof Absence>
const MemberParams = z.strictObject({ user_id: Id })
const MemberAbsence = Absence.extend({ user_id: Id })

export const assignment = {
  list: operation({
    method: 'GET',
    path: '/crm/assignment-rules',
    summary: 'The rules by which new records find their owner, in their order',
    reply: z.object({ items: z.array(AssignmentRule), next_cursor: z.null() }),
  }),
  create: operation({
    method: 'POST',
    path: '/crm/assignment-rules',
    summary: 'Make a rule, as the last one of its object',
    body: NewAssignmentRule,
    status: 201,
    reply: AssignmentRule,
  }),
  update: operation({
    method: 'PATCH',
    path: '/crm/assignment-rules/{id}',
    summary: 'Change, reorder or switch a rule; the version may also come as If-Match',
    params: IdParams,
    body: AssignmentRuleChange,
    reply: AssignmentRule,
  }),
  remove: operation({
    method: 'DELETE',
    path: '/crm/assignment-rules/{id}',
    summary: 'Delete a rule',
    params: IdParams,
    status: 204,
  }),
  preview: operation({
    method: 'POST',
    path: '/crm/assignment-rules/preview',
    summary: 'What a rule would do with the newest records; nothing is written',
    body: z.strictObject({
      object: AssignedObject,
      filter: Conditions.default(null),
      target: AssignmentTarget,
      only_unassigned: z.boolean().default(false),
      limit: z.int().min(1).max(1_000).default(200),
    }),
    reply: AssignmentPreview,
  }),
  absences: operation({
    method: 'GET',
    path: '/crm/absences',
    summary: 'Who is away, and who will be',
    reply: z.object({ items: z.array(MemberAbsence), next_cursor: z.null() }),
  }),
  setAbsence: operation({
    method: 'PUT',
    path: '/crm/absences/{user_id}',
    problems: [403, 404],
    summary: 'Say when you are away, or somebody you lead',
    params: MemberParams,
    body: Absence.refine(({ from_day, to_day }) => from_day <= to_day, {
      path: ['to_day'],
      message: 'must not be before the first day',
    }),
    reply: MemberAbsence,
  }),
  endAbsence: operation({
    method: 'DELETE',
    path: '/crm/absences/{user_id}',
    problems: [403, 404],
    summary: 'Say that you are not away, or somebody you lead',
    params: MemberParams,
    status: 204,
  }),
}
