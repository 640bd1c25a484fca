/** A valid request for what hands out records. */
import { operations, type AssignmentRule, type Operation } from '@rapport/contracts'
import type { Caller } from './app.ts'
import type { Example } from './examples.ts'

const exampleOf = (user_id: string) => ({
  object: 'lead',
  name: 'Brazil',
  filter: { field: 'country', op: 'eq', value: 'Brazil' },
  target: { strategy: 'round_robin', members: [{ user_id, weight: 1 }] },
})
const away = { from_day: '2030-01-01', to_day: '2030-01-14' }

export async function makeAssignmentRule(owner: Caller): Promise<string> {
  const { id } = owner.session.user
  const made = await owner.call<AssignmentRule>('POST', '/crm/assignment-rules', { body: exampleOf(id) })
  const absent = await owner.call('PUT', `/crm/absences/${id}`, { body: away })
  if (made.status !== 201 || absent.status !== 200)
    throw new Error(`The example rule could not be made: ${made.text} ${absent.text}`)
  return made.body.id
}

export function assignmentExamples(rule_id: string, user_id: string): [Operation, Example][] {
  const { assignment } = operations
  const onRule = { params: { id: rule_id } }
  const onMember = { params: { user_id } }
  const { object, filter, target } = exampleOf(user_id)
  return [
    [assignment.list, {}],
    [assignment.create, { body: exampleOf(user_id) }],
    [assignment.update, { ...onRule, body: { name: 'Latin America', position: 0 } }],
    [assignment.remove, onRule],
    [assignment.preview, { body: { object, filter, target } }],
    [assignment.absences, {}],
    [assignment.setAbsence, { ...onMember, body: { ...away, to_day: '2030-01-21' } }],
    [assignment.endAbsence, onMember],
  ]
}
