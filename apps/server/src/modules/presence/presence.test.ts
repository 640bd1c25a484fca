import type { MemberPresence } from '@rapport/contracts'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { createTestApp, type Caller, type TestApp } from '../../testing/app.ts'
import { idOf, openWindows, soon } from './presence.fixture.ts'

let app: TestApp
let url: string
const enter = openWindows()
beforeAll(async () => {
  app = await createTestApp()
  url = await app.listen()
})
afterAll(() => app?.stop())

async function presenceOf(member: Caller, by: Caller): Promise<MemberPresence | undefined> {
  const { body } = await by.call<{ items: MemberPresence[] }>('GET', '/presence')
  return body.items.find(({ user_id }) => user_id === idOf(member))
}

test('a member is here with the first window, away when nobody is at any, and gone with the last', async () => {
  const owner = await app.register()
  const colleague = await app.join(owner, 'sales')
  const mine = await enter(owner, url)
  expect(await presenceOf(colleague, owner)).toMatchObject({ state: 'offline', last_seen_at: null })
  const [one, other] = [await enter(colleague, url), await enter(colleague, url)]
  const state = async () => (await presenceOf(colleague, owner))?.state
  await vi.waitFor(async () => expect(await state()).toBe('online'), soon)
  one.realtime.here({ away: true })
  other.realtime.here({ away: true })
  await vi.waitFor(async () => expect(await state()).toBe('away'), soon)
  other.realtime.here({ away: false })
  await vi.waitFor(async () => expect(await state()).toBe('online'), soon)
  await vi.waitFor(() => expect(mine.lastOf(colleague)).toBe('online'), soon)
  one.realtime.close()
  other.realtime.close()
  await vi.waitFor(async () => expect(await state()).toBe('offline'), soon)
  expect((await presenceOf(colleague, owner))?.last_seen_at).not.toBeNull()
  await vi.waitFor(() => expect(mine.lastOf(colleague)).toBe('offline'), soon)
})

test('nobody of another organization is told or shown who is here', async () => {
  const [owner, stranger] = [await app.register(), await app.register()]
  const theirs = await enter(stranger, url)
  await enter(owner, url)
  await vi.waitFor(async () => expect((await presenceOf(owner, owner))?.state).toBe('online'), soon)
  expect(await presenceOf(owner, stranger)).toBeUndefined()
  expect(theirs.told.map(({ user_id }) => user_id)).not.toContain(idOf(owner))
})

test('what a member says of themselves, and until when they are not to be disturbed, is shown to colleagues', async () => {
  const owner = await app.register()
  const colleague = await app.join(owner, 'sales')
  const said = await colleague.call<MemberPresence>('PUT', '/presence/status', {
    body: { text: ' At lunch ' },
  })
  expect(said.body).toMatchObject({ text: 'At lunch', text_until: null })
  const paused_until = new Date(Date.now() + 3_600_000).toISOString()
  await colleague.call('PATCH', '/notifications/settings', { body: { paused_until } })
  expect(await presenceOf(colleague, owner)).toMatchObject({ text: 'At lunch', paused_until })
  const over = new Date(Date.now() - 1_000).toISOString()
  await colleague.call('PUT', '/presence/status', { body: { text: 'Gone', until: over } })
  await colleague.call('PATCH', '/notifications/settings', { body: { paused_until: null } })
  expect(await presenceOf(colleague, owner)).toMatchObject({ text: null, paused_until: null })
})
