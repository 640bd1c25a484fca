import type { Lead, NotificationPage } from '@rapport/contracts'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { createTestApp, type Caller, type TestApp } from '../../testing/app.ts'
import { allLeads, bringIn } from './imports.fixture.ts'

let app: TestApp
beforeAll(async () => {
  app = await createTestApp()
})
afterAll(() => app.stop())

const newsOf = async (member: Caller) =>
  (await member.call<NotificationPage>('GET', '/notifications')).body.items.map(({ latest, title }) => ({
    type: latest[0]?.type,
    title,
  }))

test('what an import brings is news to nobody it is given to; that it has ended is, to whoever began it', async () => {
  const owner = await app.register()
  const colleague = await app.join(owner, 'sales')
  const { id, email } = colleague.session.user
  const brought = await bringIn(owner, `Name,Owner\nQuiet One,${email}\nQuiet Two,${email}\n`, {
    mapping: { Name: 'full_name', Owner: 'owner_id' },
  })
  expect(brought.created).toBe(2)
  expect((await allLeads(owner)).map(({ owner_id }) => owner_id)).toEqual([id, id])
  await owner.call<Lead>('POST', '/crm/leads', { body: { full_name: 'Ada Moreau', owner_id: id } })
  // When the last has been told, so has everything before it.
  await vi.waitFor(async () => expect(await newsOf(colleague)).not.toEqual([]), { timeout: 10_000 })
  expect(await newsOf(colleague)).toEqual([{ type: 'record_assigned', title: 'Ada Moreau' }])
  expect((await newsOf(owner)).map(({ type }) => type)).toContain('import_ended')
})
