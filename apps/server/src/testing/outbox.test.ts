import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { eventually } from '../platform/events/event-house.fixture.ts'
import { createTestApp, type TestApp } from './app.ts'

const token = 'operator-token+of=the-tests'
let app: TestApp
beforeAll(async () => {
  app = await createTestApp({ OPERATOR_TOKEN: token })
})
afterAll(() => app?.stop())

const open = (url: string, headers: Record<string, string> = {}) =>
  app.app.http.inject({ method: 'GET', url, headers })
const bearer = { authorization: `Bearer ${token}` }

async function idOf(recipient: string): Promise<string> {
  const mail = () =>
    app.app.platform.tenancy.inSystem((tx) =>
      tx
        .selectFrom('outgoing_mails')
        .select(['id', 'state'])
        .where('recipient', '=', recipient)
        .executeTakeFirst(),
    )
  await eventually(async () => (await mail())?.state === 'kept', 'the mail is kept', 15_000)
  return (await mail())?.id ?? ''
}

describe('the outbox page', () => {
  test('is closed to strangers, members and wrong tokens', async () => {
    const member = await app.register()
    const own = { authorization: `Bearer ${member.session.access_token}` }
    for (const [url, headers] of [
      ['/operator/outbox', {}],
      ['/operator/outbox', own],
      ['/operator/outbox?token=wrong', {}],
      ['/operator/outbox', { cookie: 'rapport_operator=wrong' }],
      [`/operator/outbox/${await idOf(member.session.user.email)}`, own],
    ] as const)
      expect([url, (await open(url, headers)).statusCode]).toEqual([url, 401])
  })

  test('takes the token from the address once, into a cookie that does not hold it', async () => {
    const first = await open(`/operator/outbox?token=${encodeURIComponent(token)}`)
    expect([first.statusCode, first.headers.location]).toEqual([303, '/operator/outbox'])
    const cookie = String(first.headers['set-cookie'])
    expect(cookie).toMatch(/HttpOnly/)
    expect(cookie).toMatch(/Path=\/operator/)
    expect(decodeURIComponent(cookie)).not.toContain(token)
    const page = await open('/operator/outbox', { cookie: cookie.split(';')[0] ?? '' })
    expect(page.statusCode).toBe(200)
  })

  test('shows the mails that are kept, with a link that works, and nothing that a name could smuggle in', async () => {
    const full_name = '<script>alert(1)</script> https://evil.example/'
    const { session } = await app.register({ full_name })
    const id = await idOf(session.user.email)
    const list = await open('/operator/outbox', bearer)
    expect(list.body).toContain(session.user.email)
    expect(list.body).not.toMatch(/verify-email|token=/)
    const mail = await open(`/operator/outbox/${id}`, { ...bearer, 'accept-language': 'pt-BR,en' })
    expect(mail.body).not.toContain('<script>')
    expect(mail.body).not.toContain('href="https://evil.example')
    expect(mail.body).toContain('Todos os e-mails')
    expect(mail.headers['content-security-policy']).not.toMatch(/script-src[^;]*unsafe/)
    const [, secret] = /href="http:\/\/localhost:3000\/verify-email#token=([\w-]+)"/.exec(mail.body) ?? []
    const verified = await app.call('POST', '/auth/verify-email', { body: { token: secret } })
    expect(verified.status).toBe(204)
  })

  test('has no mail of an id that is made up', async () => {
    for (const id of ['01980000-0000-7000-8000-000000000000', 'x'])
      expect((await open(`/operator/outbox/${id}`, bearer)).statusCode).toBe(404)
  })
})
