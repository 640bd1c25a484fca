/** A valid request for what tasks have beyond any record. */
import { operations, type Operation, type Task } from '@rapport/contracts'
import type { Caller } from './app.ts'
import type { Example } from './examples.ts'

export async function makeTask(owner: Caller, lead_id: string): Promise<Task> {
  const made = await owner.call<Task>('POST', '/crm/tasks', {
    body: {
      title: 'Example task',
      due_at: '2030-01-01T12:00:00Z',
      recurrence: 'FREQ=WEEKLY',
      links: [{ object: 'lead', id: lead_id }],
    },
  })
  if (made.status !== 201) throw new Error(`The example task could not be made: ${made.text}`)
  return made.body
}

export function taskExamples({ id }: Pick<Task, 'id'>): [Operation, Example][] {
  const { complete, reopen } = operations.tasks
  return [
    [complete, { params: { id }, body: {} }],
    [reopen, { params: { id }, body: {} }],
  ]
}
