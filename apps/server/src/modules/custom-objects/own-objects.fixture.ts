/** Objects of the organization's own and their records, over HTTP. */
import type { CustomField, CustomObject, CustomRecord } from '@rapport/contracts'
import { expect } from 'vitest'
import type { Caller } from '../../testing/app.ts'

async function make<Made>(caller: Caller, path: string, body: object): Promise<Made> {
  const answer = await caller.call<Made>('POST', path, { body })
  expect(answer.status, answer.text).toBe(201)
  return answer.body
}

let made = 0

export function anObject(caller: Caller, given: Partial<CustomObject> = {}): Promise<CustomObject> {
  made += 1
  const body = { key: `thing_${made}`, label: 'Thing', label_many: 'Things', ...given }
  return make(caller, '/crm/custom-objects', body)
}

export const aField = (caller: Caller, object: string, key: string, given: object): Promise<CustomField> =>
  make(caller, '/crm/custom-fields', { object, key, label: key, ...given })

export const pathOf = (object: string) => `/crm/custom-objects/${object}/records`

export const aRecord = (caller: Caller, object: string, given: object = {}): Promise<CustomRecord> =>
  make(caller, pathOf(object), { name: 'One', ...given })

export async function namesIn(
  caller: Caller,
  path: string,
  query: Record<string, string> = {},
): Promise<string[]> {
  const asked = new URLSearchParams(query).toString()
  const answer = await caller.call<{ items: { name: string }[] }>('GET', `${path}?${asked}`)
  expect(answer.status, answer.text).toBe(200)
  return answer.body.items.map(({ name }) => name)
}
