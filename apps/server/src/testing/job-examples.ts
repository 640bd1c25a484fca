/** What takes a while: jobs that have come to their end. */
import type { Job, PrivacyRequest } from '@rapport/contracts'
import type { Caller } from './app.ts'

/** A job that has ended and can be taken back. */
export async function changeMany(owner: Caller, lead_id: string): Promise<string> {
  const body = { ids: [lead_id], action: 'update', values: { city: 'Porto' } }
  const made = await owner.call<{ job_id: string }>('POST', '/crm/leads/bulk', { body })
  for (let tries = 0; tries < 200; tries += 1) {
    const { body } = await owner.call<Job>('GET', `/jobs/${made.body.job_id}`)
    if (body.state === 'completed') return body.id
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  throw new Error(`The example job did not complete: ${made.text}`)
}

/** An export whose file can be fetched. */
export async function exportPerson(owner: Caller, record_id: string): Promise<string> {
  const made = await owner.call<PrivacyRequest>('POST', '/privacy/requests', {
    body: { kind: 'person_export', object: 'lead', record_ids: [record_id], reason: 'Asked by mail' },
  })
  const { id } = made.body
  for (let tries = 0; tries < 200; tries += 1) {
    const { body } = await owner.call<PrivacyRequest>('GET', `/privacy/requests/${id}`)
    if (body.state === 'completed') return id
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  throw new Error(`The example export did not complete: ${made.text}`)
}
