/** Two contacts that are the same, and the finder that finds them. */
import { operations, type Contact, type Duplicate, type Job, type Operation } from '@rapport/contracts'
import type { Caller } from './app.ts'
import type { Example } from './examples.ts'

export async function findDuplicate(owner: Caller): Promise<string> {
  const body = { full_name: 'Grace Example', email: 'grace@example.com', city: 'Lisbon' }
  await owner.call<Contact>('POST', '/crm/contacts', { body })
  await owner.call<Contact>('POST', '/crm/contacts', { body: { ...body, full_name: 'Grace Exampel' } })
  const [pair] = await scanFor(owner, 'contact')
  if (!pair) throw new Error('The example duplicates were not found.')
  return pair.id
}

/** All pairs of the first page, after the finder has gone through the records. */
export async function scanFor(caller: Caller, object: string): Promise<Duplicate[]> {
  const started = await caller.call<{ job_id: string }>('POST', '/crm/duplicates/scan', { body: { object } })
  for (let tries = 0; tries < 600; tries += 1) {
    const { body } = await caller.call<Job>('GET', `/jobs/${started.body.job_id}`)
    if (body.state === 'failed') throw new Error(`The scan failed: ${body.problem}`)
    if (body.state === 'completed') {
      const found = await caller.call<{ items: Duplicate[] }>(
        'GET',
        `/crm/duplicates?object=${object}&limit=200`,
      )
      return found.body.items
    }
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  throw new Error(`The scan did not complete: ${started.text}`)
}

export function duplicateExamples(id: string): [Operation, Example][] {
  const { duplicates } = operations
  return [
    [duplicates.list, { query: 'object=contact' }],
    [duplicates.scan, { body: { object: 'contact' } }],
    [duplicates.dismiss, { params: { id } }],
    [duplicates.reopen, { params: { id } }],
  ]
}
