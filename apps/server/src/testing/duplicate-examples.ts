/** Records that became one, and the finder at work. */
import {
  operations,
  type Company,
  type Duplicate,
  type Job,
  type Merged,
  type Operation,
} from '@rapport/contracts'
import type { Caller } from './app.ts'
import type { Example } from './examples.ts'

type Found = { duplicate_id: string; merge_id: string }

/** Two companies that became one, and what is known of the two. */
export async function mergeTwo(owner: Caller): Promise<Found> {
  const [winner_id, loser_id] = [await aCompany(owner), await aCompany(owner)]
  const body = { ids: [winner_id, loser_id], winner_id }
  const merged = await owner.call<Merged>('POST', '/crm/companies/merge', { body })
  const pairs = await owner.call<{ items: Duplicate[] }>('GET', '/crm/duplicates?object=company&state=merged')
  const [pair] = pairs.body.items
  if (!pair) throw new Error(`The example companies were not merged: ${merged.text}`)
  return { duplicate_id: pair.id, merge_id: merged.body.merge_id }
}

async function aCompany(owner: Caller): Promise<string> {
  const made = await owner.call<Company>('POST', '/crm/companies', { body: { name: 'Merged Example' } })
  return made.body.id
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

export function duplicateExamples({ duplicate_id: id, merge_id }: Found): [Operation, Example][] {
  const { duplicates } = operations
  return [
    [duplicates.list, { query: 'object=company' }],
    [duplicates.scan, { body: { object: 'company' } }],
    [duplicates.dismiss, { params: { id } }],
    [duplicates.reopen, { params: { id } }],
    [duplicates.undoMerge, { params: { id: merge_id } }],
  ]
}
