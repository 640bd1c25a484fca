/** A valid request for what is kept beside records: notes and files; exports; and a field of one's own. */
import type { Operation } from '@rapport/contracts'
import type { Caller } from './app.ts'
import { attachExample, attachmentExamples } from './attachment-examples.ts'
import { chatExamples, talkExample, type Talk } from './chat-examples.ts'
import type { Example } from './examples.ts'
import { exportExamples, exportLeads } from './export-examples.ts'
import { noteExamples, writeExampleNote } from './note-examples.ts'

export type Kept = { note_id: string; attachment_id: string; export_id: string; talk: Talk }

export const keepExamples = async (owner: Caller, lead_id: string): Promise<Kept> => ({
  note_id: await writeExampleNote(owner, lead_id),
  attachment_id: await attachExample(owner, lead_id),
  export_id: await exportLeads(owner),
  talk: await talkExample(owner),
})

export const keptExamples = (
  { note_id, attachment_id, export_id, talk }: Kept,
  lead_id: string,
): [Operation, Example][] => [
  ...noteExamples(note_id, lead_id),
  ...attachmentExamples(attachment_id, lead_id),
  ...exportExamples(export_id),
  ...chatExamples(talk),
]

export async function makeField(owner: Caller): Promise<string> {
  const body = { object: 'lead', key: 'budget', label: 'Budget', type: 'number' }
  const made = await owner.call<{ id: string }>('POST', '/crm/custom-fields', { body })
  if (made.status !== 201) throw new Error(`The example field could not be made: ${made.text}`)
  return made.body.id
}
