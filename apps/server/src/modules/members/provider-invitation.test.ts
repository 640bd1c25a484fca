/** Whoever was invited may come in with an account at a provider, too. */
import type { AuditEntry, Session } from '@rapport/contracts'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTestApp, type Caller, type TestApp } from '../../testing/app.ts'
import {
  client,
  startOpenIdProvider,
  visit,
  type OpenIdProvider,
  type Person,
} from '../../testing/openid-provider.ts'
import { anAddress, inviteBy, membersOf, tokenOf } from './members.fixture.ts'

const home = 'http://localhost:3000'
const people = new Map<string, Person>()
let provider: OpenIdProvider
let app: TestApp
let owner: Caller

beforeAll(async () => {
  provider = await startOpenIdProvider([`${home}/sign-in/oidc`], people)
  app = await createTestApp({ ...client, RAPPORT_URL: home, OIDC_ISSUER: provider.issuer, OIDC_NAME: 'Acme' })
  owner = await app.register()
})
afterAll(async () => {
  await app?.stop()
  await provider?.stop()
})

/** The whole way of a browser. */
async function signIn(email: string, invitation_token?: string) {
  people.set(email, { email, email_verified: true, name: 'Gil Guest' })
  const begun = await app.call<{ url: string }>('POST', '/auth/providers/oidc/start')
  const cookie = String(begun.headers['set-cookie']).split(';')[0] ?? ''
  const back = await visit(begun.body.url, email)
  return app.call<Session & { code: string }>('POST', '/auth/providers/oidc/callback', {
    body: { query: back.search.slice(1), invitation_token },
    headers: { cookie },
  })
}

test('somebody new joins the organization that invited them, with the role of the invitation, and is told of', async () => {
  const email = anAddress()
  const token = tokenOf((await inviteBy(owner, email)).link)
  const { status, body, text } = await signIn(email, token)
  expect(status, text).toBe(200)
  const organization_id = owner.session.organization.id
  expect(body).toMatchObject({ organization: { id: organization_id }, role: 'sales', user: { email } })
  expect(body.user.email_verified_at).not.toBeNull()
  expect((await membersOf(owner)).map((member) => member.email)).toContain(email)
  const log = await owner.call<{ items: AuditEntry[] }>('GET', '/organizations/current/audit-log?limit=20')
  const told = log.body.items.filter(({ actor }) => actor.id === body.user.id).map(({ action }) => action)
  expect(told).toEqual(expect.arrayContaining(['member.joined', 'identity.linked', 'session.opened']))
  expect((await signIn(anAddress(), token)).status).toBeGreaterThanOrEqual(400)
})

test('an invitation to another address lets nobody in, and makes no account', async () => {
  const token = tokenOf((await inviteBy(owner)).link)
  const email = anAddress()
  const refused = await signIn(email, token)
  expect([refused.status, refused.body.code]).toEqual([403, 'invitation_for_other_address'])
  const alone = await signIn(email)
  expect(alone.body).toMatchObject({ role: 'owner', user: { email } })
})

test('without an invitation the log of the new organization begins with how it was opened', async () => {
  const { body } = await signIn(anAddress())
  const headers = { authorization: `Bearer ${body.access_token}`, 'x-org-id': body.organization.id }
  const log = await app.call<{ items: AuditEntry[] }>('GET', '/organizations/current/audit-log', { headers })
  const actions = log.body.items.map(({ action }) => action)
  expect(actions).toEqual(expect.arrayContaining(['identity.linked', 'session.opened', 'member.joined']))
})
