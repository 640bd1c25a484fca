/** What has to be done, and who gets it: made once, and a valid request for each operation on it. */
import { operations, type Operation, type Task } from '@rapport/contracts'
import type { Caller } from './app.ts'
import { assignmentExamples, makeAssignmentRule } from './assignment-examples.ts'
import type { Example } from './examples.ts'
import { recordExamples } from './record-examples.ts'
import { makeTask, taskExamples } from './task-examples.ts'

type Work = { task: Task; rule_id: string }
export type WorkExamples = { work: Work }

export const makeWork = async (owner: Caller, lead_id: string): Promise<WorkExamples> => ({
  work: { task: await makeTask(owner, lead_id), rule_id: await makeAssignmentRule(owner) },
})

export const workExamples = ({ task, rule_id }: Work, user_id: string): [Operation, Example][] => [
  ...recordExamples(operations.tasks, task, { title: 'Write' }),
  ...taskExamples(task),
  ...assignmentExamples(rule_id, user_id),
]
