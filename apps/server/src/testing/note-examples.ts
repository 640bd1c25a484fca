/** A valid request for what is written on records. */
import { operations, type Note, type Operation } from '@rapport/contracts'
import type { Caller } from './app.ts'
import type { Example } from './examples.ts'

/** A note of plain lines. */
export const lines = (...texts: string[]) => ({
  type: 'doc' as const,
  content: texts.map((text) => ({ type: 'paragraph', content: [{ type: 'text', text }] })),
})

export async function writeExampleNote(owner: Caller, lead_id: string): Promise<string> {
  const body = {
    record: { object: 'lead', id: lead_id },
    body: lines('Prefers to be called in the morning.'),
  }
  const made = await owner.call<Note>('POST', '/crm/notes', { body })
  if (made.status !== 201) throw new Error(`The example note could not be written: ${made.text}`)
  return made.body.id
}

export function noteExamples(id: string, lead_id: string): [Operation, Example][] {
  const { notes } = operations
  const onNote = { params: { id } }
  return [
    [notes.list, { query: `object=lead&record_id=${lead_id}` }],
    [notes.create, { body: { record: { object: 'lead', id: lead_id }, body: lines('Second example') } }],
    [notes.get, onNote],
    [notes.update, { ...onNote, body: { body: lines('Rewritten'), pinned: true } }],
    [notes.remove, onNote],
    [notes.restore, onNote],
    [notes.versions, { ...onNote, query: 'limit=10' }],
  ]
}
