/** What somebody has to do: by when, how urgently, step by step, about which records, and whether it comes again. */
import { z } from 'zod'
import { changedCustom, newCustom, toldCustom } from './custom-values.ts'
import { operation } from './operation.ts'
import { recordOperations } from './records.ts'
import { Recurrence } from './recurrence.ts'
import { Id, IdParams, line, Timestamp, Version } from './shared.ts'
import { RecordTag, TagChange, TagList } from './tags.ts'
import { taskPriorities, taskStatuses } from './task-fields.ts'

export const TaskStatus = z.enum(taskStatuses)
export type TaskStatus = z.infer<typeof TaskStatus>
export const TaskPriority = z.enum(taskPriorities)
export type TaskPriority = z.infer<typeof TaskPriority>

export const maxChecklist = 100
export const maxTaskLinks = 20

export const ChecklistItem = z.strictObject({ id: Id, text: line(300), done: z.boolean() })
export type ChecklistItem = z.infer<typeof ChecklistItem>
const Checklist = z
  .array(ChecklistItem)
  .max(maxChecklist)
  .refine((items) => new Set(items.map(({ id }) => id)).size === items.length, 'must not repeat an id')

/** A record that a task is about. */
export const TaskLink = z.strictObject({ object: z.string().min(1).max(63), id: Id })
export type TaskLink = z.infer<typeof TaskLink>
const TaskLinks = z.array(TaskLink).max(maxTaskLinks)

const Due = z
  .union([z.iso.date(), z.iso.datetime({ offset: true }).transform((text) => new Date(text).toISOString())])
  .nullish()
  .describe('A time; or a day as 2026-01-31, which is kept as its last second in your time zone')

const Text = z
  .string()
  .trim()
  .max(10_000)
  .refine((text) => !text.includes('\u0000'), 'must not contain NUL')
  .transform((text) => (text === '' ? null : text))
  .nullish()

const fields = {
  description: Text,
  status: TaskStatus.optional().describe('Done makes the next one of a task that recurs'),
  priority: TaskPriority.optional(),
  due_at: Due,
  recurrence: Recurrence.nullish().describe('A rule of RFC 5545 from the due date on; needs a due date'),
  owner_id: Id.nullish().describe('Whoever has to do it'),
  checklist: Checklist.optional(),
  links: TaskLinks.optional().describe('The records that it is about: all of them'),
}

export const NewTask = z.strictObject({
  title: line(300),
  ...fields,
  custom: newCustom('task'),
  tags: TagList.optional(),
})
export const TaskChange = z.strictObject({
  title: line(300).optional(),
  ...fields,
  custom: changedCustom('task'),
  tags: TagChange.optional(),
  version: Version.optional(),
})

/** A linked record that the caller may read and that is not in the trash. */
export const LinkedRecord = TaskLink.extend({ title: z.string() })
export type LinkedRecord = z.infer<typeof LinkedRecord>

export const Task = z.object({
  id: Id,
  title: z.string(),
  status: TaskStatus,
  priority: TaskPriority,
  due_at: Timestamp.nullable(),
  all_day: z.boolean().describe('It is due on a day, told by its last second'),
  time_zone: z.string().nullable().describe('By whose clock it is due and recurs'),
  recurrence: z.string().nullable(),
  owner_id: Id.nullable(),
  description: z.string().nullable(),
  checklist: z.array(ChecklistItem),
  links: z.array(TaskLink),
  tags: z.array(RecordTag),
  completed_at: Timestamp.nullable(),
  completed_by: Id.nullable(),
  custom: toldCustom('task'),
  version: z.int(),
  created_by: Id.nullable(),
  created_at: Timestamp,
  updated_at: Timestamp,
  deleted_at: Timestamp.nullable(),
  linked: z
    .array(LinkedRecord)
    .optional()
    .describe('With include=linked: what the links lead to, as far as the caller may read it'),
  can: z.object({ update: z.boolean(), delete: z.boolean() }),
})
export type Task = z.infer<typeof Task>

const Completion = z.strictObject({ version: Version.optional() })

export const tasks = {
  ...recordOperations({
    path: 'tasks',
    one: 'task',
    many: 'tasks',
    Record: Task,
    New: NewTask,
    Change: TaskChange,
  }),
  complete: operation({
    method: 'POST',
    path: '/crm/tasks/{id}/complete',
    summary: 'Complete a task; of one that recurs the next is made, once',
    params: IdParams,
    body: Completion,
    reply: z.object({ task: Task, next: Task.nullable() }),
  }),
  reopen: operation({
    method: 'POST',
    path: '/crm/tasks/{id}/reopen',
    summary: 'Take up a completed task again; the next one goes to the trash if nobody touched it',
    params: IdParams,
    body: Completion,
    reply: Task,
  }),
}
