import type { Groups, ImportUpload } from '@rapport/contracts'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { createTestApp, type Caller, type TestApp } from '../../testing/app.ts'
import { bringIn, ended, start, upload } from './imports.fixture.ts'

let app: TestApp
beforeAll(async () => {
  app = await createTestApp()
})
afterAll(() => app.stop())

const people = (rows: number, prefix: string) =>
  `Name,Email,Country\n${Array.from({ length: rows }, (_, at) => `Person ${at},${prefix}${at}@example.com,Brazil\n`).join('')}`

async function begin(member: Caller, file: string): Promise<string> {
  const uploaded = await upload(member, file)
  const started = await start(member, uploaded.body)
  expect(started.status, started.text).toBe(202)
  return uploaded.body.id
}

const read = async (member: Caller, id: string) =>
  (await member.call<ImportUpload>('GET', `/crm/imports/${id}`)).body

test('a short import does not wait for a long one of somebody else', async () => {
  const [patient, quick] = [await app.register(), await app.register()]
  const long = await begin(patient, people(12_000, 'long'))
  await vi.waitFor(async () => expect((await read(patient, long)).done).toBeGreaterThan(0), {
    timeout: 10_000,
  })
  expect((await bringIn(quick, people(10, 'short'))).created).toBe(10)
  expect((await read(patient, long)).state).toBe('running')
  expect((await ended(patient, long)).created).toBe(12_000)
})

test('two of one organization come in side by side, and are counted together', async () => {
  const owner = await app.register()
  const ids = [await begin(owner, people(1_500, 'one')), await begin(owner, people(1_500, 'other'))]
  for (const id of ids) expect(await ended(owner, id)).toMatchObject({ state: 'completed', created: 1_500 })
  const { body } = await owner.call<Groups>('GET', '/crm/leads/groups?group_by=country')
  expect(body.items).toMatchObject([{ count: 3_000 }])
})
