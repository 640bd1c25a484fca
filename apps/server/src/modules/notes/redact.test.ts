import type { NoteDocument } from '@rapport/contracts'
import { expect, test } from 'vitest'
import type { Person } from '../../platform/personal-data/index.ts'
import { redactNode } from './personal-data.ts'

const text = (told: string, ...kinds: string[]) => ({
  type: 'text',
  text: told,
  ...(kinds.length > 0 ? { marks: kinds.map((type) => ({ type: type as 'bold' })) } : {}),
})
const doc = (...content: NoteDocument['content']): NoteDocument => ({
  type: 'doc',
  content: [{ type: 'paragraph', content }],
})
const known: Person = {
  object: 'lead',
  record_ids: [],
  emails: ['ada@example.com'],
  phones: ['12345678'],
  names: ['ada example'],
}

test('of a line every mark is blacked out, and the rest stays as it is formatted', () => {
  expect(
    redactNode(doc(text('Call '), text('Ada Example', 'bold'), text(' at ada@example.com, soon')), known),
  ).toEqual(doc(text('Call '), text('•••', 'bold'), text(' at •••, soon')))
  // A mark that goes across pieces takes the format of its line along.
  expect(redactNode(doc(text('To '), text('A', 'bold'), text('da Example')), known)).toEqual(
    doc(text('To •••')),
  )
  const link = { type: 'link' as const, attrs: { href: 'mailto:ada%40example.com' } }
  expect(redactNode(doc({ type: 'text', text: 'write', marks: [link] }), known)).toEqual(doc(text('write')))
  const other = doc(text('Nothing of her'), { type: 'mention', attrs: { id: 'x' } })
  expect(redactNode(other, known)).toEqual(other)
})
