/** A valid request for what one does with a timeline. */
import { operations, type Operation, type Timeline } from '@rapport/contracts'
import type { Caller } from './app.ts'
import type { Example } from './examples.ts'

export async function readExampleActivity(owner: Caller, lead_id: string): Promise<string> {
  const { body, text } = await owner.call<Timeline>('GET', `/crm/leads/${lead_id}/timeline`)
  const [activity] = body.items
  if (!activity) throw new Error(`The example activity could not be read: ${text}`)
  return activity.id
}

export function timelineExamples(id: string, lead_id: string): [Operation, Example][] {
  const { timelines, notifications, presence } = operations
  return [
    [timelines.pin, { params: { id }, body: { pinned: true } }],
    [timelines.owners, { query: `object=lead&id=${lead_id}` }],
    [timelines.visit, { body: { record: { object: 'lead', id: lead_id } } }],
    [presence.list, {}],
    [presence.say, { body: { text: 'At lunch' } }],
    [notifications.list, { query: 'show=unread' }],
    [notifications.read, { body: { all: true } }],
    [notifications.settings, {}],
    [notifications.unsubscribe, { body: { token: 'none' } }],
    [notifications.updateSettings, { body: { channels: { stage_changed: { toast: true } } } }],
    [notifications.following, { query: `object=lead&id=${lead_id}` }],
    [notifications.follow, { body: { record: { object: 'lead', id: lead_id }, following: true } }],
  ]
}
