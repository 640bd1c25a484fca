import { expect, test } from 'vitest'
import { linesOf } from './lines.ts'

const said = (seq: number, author: string, created_at: string, deleted_at: string | null = null) => ({
  id: `m${seq}`,
  client_id: `c${seq}`,
  seq,
  author: { id: author },
  created_at,
  deleted_at,
})
const dayOf = (iso: string) => iso.slice(0, 10)
const unsent = (client_id: string) => ({ client_id, written_at: '2026-11-22T00:00:00Z' })
const told = (messages: ReturnType<typeof said>[], read_seq: number | null = null, waiting: string[] = []) =>
  linesOf({ messages, unsent: waiting.map(unsent), read_seq, me: 'me', dayOf }).map((line) =>
    line.kind === 'message' ? `${line.message.id}${line.follows ? ' follows' : ''}` : line.kind,
  )

test('what one person says within minutes stands under one name, and a new day begins anew', () => {
  expect(
    told([
      said(1, 'ana', '2026-11-20T23:58:00Z'),
      said(2, 'ana', '2026-11-20T23:59:00Z'),
      said(3, 'ana', '2026-11-21T00:01:00Z'),
      said(4, 'me', '2026-11-21T00:02:00Z'),
      said(5, 'me', '2026-11-21T00:09:00Z'),
    ]),
  ).toEqual(['day', 'm1', 'm2 follows', 'day', 'm3', 'm4', 'm5'])
})

test('the line of what is new stands above the first words of somebody else', () => {
  const messages = [
    said(1, 'ana', '2026-11-20T10:00:00Z'),
    said(2, 'me', '2026-11-20T10:01:00Z'),
    said(3, 'ana', '2026-11-20T10:02:00Z'),
    said(4, 'ana', '2026-11-20T10:02:30Z'),
  ]
  expect(told(messages, 1)).toEqual(['day', 'm1', 'm2', 'new', 'm3', 'm4 follows'])
  expect(told(messages, 4)).toEqual(['day', 'm1', 'm2', 'm3', 'm4 follows'])
  expect(told(messages, null)).not.toContain('new')
})

test('nothing is joined to what was deleted', () => {
  expect(
    told([
      said(1, 'ana', '2026-11-20T10:00:00Z', '2026-11-20T10:05:00Z'),
      said(2, 'ana', '2026-11-20T10:01:00Z'),
    ]),
  ).toEqual(['day', 'm1', 'm2'])
})

test('what is on its way stands last, and is the same line when it has arrived', () => {
  const lines = (messages: ReturnType<typeof said>[], waiting: string[]) =>
    linesOf({ messages, unsent: waiting.map(unsent), read_seq: null, me: 'me', dayOf })
  const others = said(1, 'ana', '2026-11-20T10:00:00Z')
  const mine = said(2, 'me', '2026-11-20T10:01:00Z')
  const before = lines([others], ['c2', 'c3'])
  expect(before.map(({ kind }) => kind)).toEqual(['day', 'message', 'unsent', 'unsent'])
  const after = lines([others, mine], ['c2', 'c3'])
  expect(after.map(({ kind }) => kind)).toEqual(['day', 'message', 'message', 'unsent'])
  expect(after.map(({ key }) => key)).toEqual(before.map(({ key }) => key))
})
