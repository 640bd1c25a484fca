import type { TFunction } from 'i18next'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { describeInvalid } from './invalid.ts'

/** Shows which sentence was chosen, and its numbers. */
const t = ((key: string, values?: object) =>
  `${key}${values ? JSON.stringify(values) : ''}`) as unknown as TFunction

function describe(schema: z.ZodType, value: unknown): string | undefined {
  return schema.safeParse(value, { error: (issue) => describeInvalid(issue, t), reportInput: true }).error
    ?.issues[0]?.message
}

test('what is missing is called missing, not too short', () => {
  expect(describe(z.string().trim().min(1), '  ')).toBe('common.invalid.required')
  expect(describe(z.object({ name: z.string() }), {})).toBe('common.invalid.required')
})

test('limits are named', () => {
  expect(describe(z.string().min(10), 'short')).toBe('common.invalid.too_short{"count":10}')
  expect(describe(z.number().max(100), 101)).toBe('common.invalid.too_big{"limit":100}')
})

test('an incomplete e-mail is called that', () => {
  expect(describe(z.email(), 'ana@')).toBe('common.invalid.email')
})

test('the server’s words are kept where we have none', () => {
  expect(describeInvalid({ code: 'import_column', message: 'Column 3 is used twice.' }, t)).toBe(
    'Column 3 is used twice.',
  )
})
