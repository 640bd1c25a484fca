/** A valid request for each operation of exports. */
import { operations, type Export, type Operation } from '@rapport/contracts'
import type { Caller } from './app.ts'
import type { Example } from './examples.ts'

/** One whose file can be fetched. */
export async function exportLeads(owner: Caller): Promise<string> {
  const made = await owner.call<Export>('POST', '/crm/exports', { body: { object: 'lead' } })
  for (let tries = 0; tries < 400; tries += 1) {
    const { body } = await owner.call<Export>('GET', `/crm/exports/${made.body.id}`)
    if (body.state === 'completed') return body.id
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  throw new Error(`The example export did not complete: ${made.text}`)
}

export const exportExamples = (id: string): [Operation, Example][] => [
  [operations.exports.list, {}],
  [operations.exports.create, { body: { object: 'lead', format: 'xlsx' } }],
  [operations.exports.get, { params: { id } }],
  [operations.exports.file, { params: { id } }],
]
