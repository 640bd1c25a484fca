import type { ChatChannel } from '@rapport/contracts'
import { expect, test } from 'vitest'
import { callsOf, isNews, sectionsOf } from './sections.ts'

type Mine = NonNullable<ChatChannel['me']>
const mine = (part: Partial<Mine>): Mine => ({
  joined_at: '2026-11-01T00:00:00Z',
  last_read_seq: 0,
  unread_count: 0,
  mention_count: 0,
  muted: false,
  notify: 'all',
  starred: false,
  ...part,
})
const channel = (name: string, kind: ChatChannel['kind'], part: Partial<Mine> = {}, day = '01') => ({
  name,
  kind,
  me: mine(part),
  last_message_at: `2026-11-${day}T00:00:00Z`,
})
const plain = (text: string) => text.toLowerCase()

test('channels stand by name, conversations by what was said last, and what is starred stands first', () => {
  const sections = sectionsOf(
    [
      channel('sales', 'public'),
      channel('board', 'private'),
      channel('Bruno', 'direct', {}, '02'),
      channel('Ana', 'direct', {}, '03'),
      channel('Acme', 'record'),
      channel('alarm', 'public', { starred: true }),
    ],
    '',
    plain,
  )
  expect(sections.map(({ name, channels }) => [name, channels.map((one) => one.name)])).toEqual([
    ['starred', ['alarm']],
    ['channels', ['board', 'sales']],
    ['direct', ['Ana', 'Bruno']],
    ['records', ['Acme']],
  ])
})

test('a filter leaves what is called so, and no empty section', () => {
  const sections = sectionsOf([channel('sales', 'public'), channel('Ana', 'direct')], 'an', plain)
  expect(sections.map(({ name }) => name)).toEqual(['direct'])
})

test('a direct message calls; in a channel only a mention does; what is muted is no news', () => {
  expect(callsOf(channel('Ana', 'direct', { unread_count: 3 }))).toBe(3)
  expect(callsOf(channel('sales', 'public', { unread_count: 3 }))).toBe(0)
  expect(callsOf(channel('sales', 'public', { unread_count: 3, mention_count: 1 }))).toBe(1)
  expect(callsOf(channel('Ana', 'direct', { unread_count: 3, muted: true }))).toBe(0)
  expect(isNews(channel('sales', 'public', { unread_count: 3 }))).toBe(true)
  expect(isNews(channel('sales', 'public', { unread_count: 3, muted: true }))).toBe(false)
})
