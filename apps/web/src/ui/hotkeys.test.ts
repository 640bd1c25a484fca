import { expect, test } from 'vitest'
import { spellKey } from './hotkeys.ts'

const plain = { metaKey: false, ctrlKey: false, altKey: false }

test('a key is spelled alike whether it was typed with shift or not', () => {
  expect(spellKey({ ...plain, key: 'L' })).toBe('l')
  expect(spellKey({ ...plain, key: '?' })).toBe('?')
})

test('⌘ on Apple and Ctrl elsewhere are the same modifier', () => {
  expect(spellKey({ ...plain, key: 'k', metaKey: true })).toBe('mod+k')
  expect(spellKey({ ...plain, key: 'k', ctrlKey: true })).toBe('mod+k')
})
