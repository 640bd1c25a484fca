import type { NoteDocument, NoteNode } from '@rapport/contracts'
import { expect, test } from 'vitest'
import { withLinks } from './withLinks.ts'

const doc = (...content: NoteNode[]): NoteDocument => ({
  type: 'doc',
  content: [{ type: 'paragraph', content }],
})
const text = (of: string, ...marks: NonNullable<NoteNode['marks']>): NoteNode =>
  marks.length > 0 ? { type: 'text', text: of, marks } : { type: 'text', text: of }
const link = (href: string) => ({ type: 'link' as const, attrs: { href } })

test('an address becomes a link, and what ends the sentence does not belong to it', () => {
  expect(withLinks(doc(text('See https://example.com/a?b=1, please.')))).toEqual(
    doc(
      text('See '),
      text('https://example.com/a?b=1', link('https://example.com/a?b=1')),
      text(', please.'),
    ),
  )
  expect(withLinks(doc(text('https://en.example.org/wiki/Seal_(law)')))).toEqual(
    doc(text('https://en.example.org/wiki/Seal_(law)', link('https://en.example.org/wiki/Seal_(law)'))),
  )
})

test('what is bold stays bold, what is code stays code, and a link stays where it leads', () => {
  const address = 'https://example.com'
  expect(withLinks(doc(text(address, { type: 'bold' })))).toEqual(
    doc(text(address, { type: 'bold' }, link(address))),
  )
  for (const untouched of [text(address, { type: 'code' }), text(address, link('https://example.org'))])
    expect(withLinks(doc(untouched))).toEqual(doc(untouched))
  const block: NoteDocument = { type: 'doc', content: [{ type: 'codeBlock', content: [text(address)] }] }
  expect(withLinks(block)).toEqual(block)
})
