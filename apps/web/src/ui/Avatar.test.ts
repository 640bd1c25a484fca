import { expect, test } from 'vitest'
import { initialsOf } from './Avatar.tsx'
import { hueOf, toHue } from './hue.ts'

test('initials are those of the first and the last name', () => {
  expect(initialsOf('Ana Clara de Souza')).toBe('AS')
  expect(initialsOf('  émile ')).toBe('É')
  expect(initialsOf('😀 Smith')).toBe('😀S')
})

test('a name that is empty still has something to show', () => {
  expect(initialsOf('')).toBe('?')
})

test('a person keeps their colour, and an unknown colour is slate', () => {
  expect(hueOf('Ana')).toBe(hueOf('Ana'))
  expect(toHue('ultraviolet')).toBe('slate')
})
