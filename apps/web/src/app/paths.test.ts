import { expect, test } from 'vitest'
import { loginPath, readNextPath } from './paths.ts'

const next = (value: string) => readNextPath(new URLSearchParams({ next: value }))

test('log-in leads back to where one was', () => {
  const path = loginPath('/leads?q=ana&sort=-created_at', 'ended')
  expect(readNextPath(new URL(path, 'http://x').searchParams)).toBe('/leads?q=ana&sort=-created_at')
})

test('log-in never leads to another site', () => {
  expect(next('https://evil.example')).toBe('/')
  expect(next('//evil.example')).toBe('/')
  expect(next('/\\evil.example')).toBe('/')
})
