/** A member's own arrangement. */
import { defaultWidgets, roles, type Dashboard, type Problem } from '@rapport/contracts'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTestApp, type TestApp } from '../../testing/app.ts'

let app: TestApp
beforeAll(async () => {
  app = await createTestApp()
})
afterAll(() => app?.stop())

const path = '/analytics/dashboards/mine'

test('a dashboard begins as the role has it, keeps what its member arranges, and nobody else’s changes', async () => {
  const owner = await app.register()
  const mate = await app.join(owner, 'caller')
  const begun = await owner.call<Dashboard>('GET', path)
  expect(begun.body).toEqual({ widgets: defaultWidgets('owner'), is_default: true, version: null })
  const widgets = [
    { widget: 'new_leads', size: 'small' },
    { widget: 'my_goals', size: 'large' },
  ]
  const arranged = await owner.call<Dashboard>('PUT', path, { body: { widgets } })
  expect(arranged.body).toEqual({ widgets, is_default: false, version: 1 })
  expect((await owner.call<Dashboard>('GET', path)).body).toEqual(arranged.body)
  expect((await mate.call<Dashboard>('GET', path)).body.widgets).toEqual(defaultWidgets('caller'))
  const stale = await owner.call<Problem>('PUT', path, { body: { widgets: [], version: 7 } })
  expect([stale.status, stale.body.code]).toEqual([409, 'version_conflict'])
  expect((await owner.call<Dashboard>('PUT', path, { body: { widgets: null } })).body).toEqual(begun.body)
  expect((await owner.call<Dashboard>('GET', path)).body.is_default).toBe(true)
})

test('a widget stands once, and is one that there is', async () => {
  const owner = await app.register()
  const status = async (...names: string[]) =>
    (await owner.call('PUT', path, { body: { widgets: names.map((widget) => ({ widget, size: 'small' })) } }))
      .status
  expect(await status('won_value', 'won_value')).toBe(422)
  expect(await status('weather')).toBe(422)
  expect(await status()).toBe(200)
})

test('every role begins with something, each widget once', () => {
  for (const role of [...roles, '01980000-0000-7000-8000-000000000000']) {
    const names = defaultWidgets(role).map(({ widget }) => widget)
    expect(names.length, role).toBeGreaterThan(3)
    expect(new Set(names).size, role).toBe(names.length)
  }
})
