import type { Organization, Problem } from '@rapport/contracts'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { inOrganization, startIdentity, type Harness } from './testing/harness.ts'

let identity: Harness
beforeAll(async () => void (identity = await startIdentity()))
afterAll(() => identity?.stop())

test('the short name of an organization can be changed to a free one, and to nothing that is no address', async () => {
  const [one, two] = await Promise.all([identity.register(), identity.register()])
  const rename = (slug: string) =>
    identity.call<Organization & Problem>('PUT', '/organizations/current', {
      headers: inOrganization(one.body),
      body: { slug },
    })
  expect((await rename('acme-brasil')).body.slug).toBe('acme-brasil')
  const taken = await rename(two.body.organization.slug)
  expect([taken.status, taken.body.errors]).toEqual([
    422,
    [{ path: 'slug', code: 'taken', message: 'is the short name of another organization' }],
  ])
  for (const slug of ['', 'a', 'with space', 'Größe', 'double--hyphen', '-first', 'last-', 'a'.repeat(61)])
    expect([slug, (await rename(slug)).status]).toEqual([slug, 422])
  expect((await identity.current(inOrganization(one.body))).body.slug).toBe('acme-brasil')
})
