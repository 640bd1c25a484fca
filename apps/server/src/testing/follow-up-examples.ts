/** A valid request for what is planned with records. */
import { defaultCadence, operations, type FollowUp, type Operation } from '@rapport/contracts'
import type { Caller } from './app.ts'
import type { Example } from './examples.ts'

const example = { due_at: '2030-01-01T12:00:00Z', channel: 'call', note: 'Ask for the date.' }

export async function planFollowUp(owner: Caller, lead_id: string): Promise<string> {
  const made = await owner.call<FollowUp>('POST', `/crm/leads/${lead_id}/follow-ups`, { body: example })
  if (made.status !== 201) throw new Error(`The example follow-up could not be made: ${made.text}`)
  return made.body.id
}

type Named = { id: string }

export function followUpExamples(
  id: string,
  { lead, contact, deal }: { lead: Named; contact: Named; deal: Named },
): [Operation, Example][] {
  const { leadFollowUps, contactFollowUps, dealFollowUps, followUps, today } = operations
  const [onLead, onContact, onDeal] = [lead, contact, deal].map((record) => ({ params: { id: record.id } }))
  return [
    [leadFollowUps.list, { ...onLead }],
    [leadFollowUps.create, { ...onLead, body: example }],
    [contactFollowUps.list, { ...onContact }],
    [contactFollowUps.create, { ...onContact, body: example }],
    [dealFollowUps.list, { ...onDeal }],
    [dealFollowUps.create, { ...onDeal, body: example }],
    [followUps.list, { query: 'status=open&owner_id=me' }],
    [followUps.update, { params: { id }, body: { status: 'done', outcome: 'Wants an offer.' } }],
    [followUps.cadence, {}],
    [followUps.setCadence, { body: { ...defaultCadence, calling_from: '10:00' } }],
    [today.get, {}],
  ]
}
