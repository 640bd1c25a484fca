import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { bearer, cookieOf, inOrganization, startIdentity, type Harness } from './testing/harness.ts'
import { createTokens } from './tokens.ts'

let identity: Harness
beforeAll(async () => {
  identity = await startIdentity()
})
afterAll(() => identity?.stop())

const origin = { origin: 'http://localhost:3000' }

describe('an access token', () => {
  test('is needed', async () => {
    expect((await identity.me({})).status).toBe(401)
    expect((await identity.current({ 'x-org-id': randomUUID() })).status).toBe(401)
  })

  test('that is malformed, forged or of another scheme is refused', async () => {
    const { body } = await identity.register()
    const { user, organization } = body
    const session_id = JSON.parse(
      Buffer.from(body.access_token.split('.')[1] ?? '', 'base64url').toString(),
    ) as { sid: string }
    const forger = createTokens('another secret of another installation')
    const claims = {
      user_id: user.id,
      session_id: session_id.sid,
      organization_id: organization.id,
      name: 'Mallory',
    }
    const forged = await forger.issueAccess(claims)
    const [, payload] = body.access_token.split('.')
    const unsigned = `${Buffer.from('{"alg":"none"}').toString('base64url')}.${payload}.`
    for (const authorization of [
      'Bearer nonsense',
      'Bearer',
      'Basic YTpi',
      `Bearer ${forged}`,
      `Bearer ${unsigned}`,
    ])
      expect([authorization, (await identity.me({ authorization })).status]).toEqual([authorization, 401])
  })

  test('ends after a quarter of an hour, even where it was seen before', async () => {
    const { body } = await identity.register()
    expect((await identity.me(bearer(body))).status).toBe(200)
    await identity.later(15 * 60_000 + 1000, async () => {
      expect((await identity.me(bearer(body))).status).toBe(401)
    })
  })

  test('counts before the cookie, so a bad one is refused beside a good cookie', async () => {
    const made = await identity.register()
    expect((await identity.me({ authorization: 'Bearer nonsense', cookie: cookieOf(made) })).status).toBe(401)
  })

  test('opens its own organization only, also to a member of the other', async () => {
    const [one, two] = await Promise.all([identity.register(), identity.register()])
    const other = two.body.organization.id
    for (const member of [false, true]) {
      if (member) await identity.join(one.body, other)
      const refused = await identity.call('GET', '/organizations/current', {
        headers: inOrganization(one.body, other),
      })
      expect([refused.status, refused.body.code]).toEqual([403, 'organization_mismatch'])
      expect((await identity.me(inOrganization(one.body, other))).status).toBe(403)
    }
  })

  test('works with organization ids in capitals, and not without an organization', async () => {
    const { body } = await identity.register()
    expect((await identity.current(inOrganization(body, body.organization.id.toUpperCase()))).status).toBe(
      200,
    )
    expect((await identity.current(bearer(body))).status).toBe(400)
  })

  test('asks the database nothing while it is warm, and concurrent requests share what is asked', async () => {
    const { body } = await identity.register()
    const before = identity.transactions()
    const enter = () => identity.enter(bearer(body), body.organization.id)
    await Promise.all(Array.from({ length: 20 }, enter))
    // The session, the member, what the organization asks of a log-in, and the note that the member was here.
    expect(identity.transactions() - before).toBe(4)
    await enter()
    expect(identity.transactions() - before).toBe(4)
  })
})

describe('membership', () => {
  test('is needed in the organization that the request names', async () => {
    const [one, two] = await Promise.all([identity.register(), identity.register()])
    const refused = await identity.call('GET', '/organizations/current', {
      headers: { cookie: cookieOf(one), 'x-org-id': two.body.organization.id },
    })
    expect([refused.status, refused.body.code]).toEqual([403, 'not_a_member'])
  })

  test('that ends closes the organization within seconds', async () => {
    const { body } = await identity.register()
    expect((await identity.current(inOrganization(body))).status).toBe(200)
    await identity.leave(body, body.organization.id)
    await identity.later(5_001, async () => {
      expect((await identity.current(inOrganization(body))).status).toBe(403)
      expect((await identity.me(bearer(body))).status).toBe(403)
    })
  })

  test('decides what may be done: a viewer may not change the organization', async () => {
    const [boss, guest] = await Promise.all([identity.register(), identity.register()])
    const organization_id = boss.body.organization.id
    await identity.join(guest.body, organization_id, 'viewer')
    const { body } = await identity.logIn(guest.body.user.email, { organization_id })
    const refused = await identity.call('PUT', '/organizations/current', {
      headers: inOrganization(body),
      body: { name: 'Taken over' },
    })
    expect([refused.status, refused.body.code]).toEqual([403, 'permission_missing'])
  })
})

describe('the session cookie', () => {
  test('is out of reach of scripts and other sites, and of plain HTTP where the address is HTTPS', async () => {
    const made = await identity.register()
    const attributes = String(made.headers['set-cookie']).split('; ')
    expect(attributes).toEqual(
      expect.arrayContaining(['Path=/', 'HttpOnly', 'SameSite=Lax', 'Max-Age=2592000']),
    )
    expect(attributes).not.toContain('Secure')
    const secured = await startIdentity({ publicUrl: 'https://crm.example.com' })
    try {
      expect(String((await secured.register()).headers['set-cookie'])).toContain('; Secure')
    } finally {
      await secured.stop()
    }
  })

  test('is enough to read, and is prolonged by asking who one is', async () => {
    const made = await identity.register()
    const answer = await identity.me({ cookie: cookieOf(made) })
    expect(answer.status).toBe(200)
    expect(answer.body.user).toEqual(made.body.user)
    expect(cookieOf(answer)).toBe(cookieOf(made))
  })

  test('changes nothing from another origin, or from none', async () => {
    const cookie = cookieOf(await identity.register())
    const rename = (headers: Record<string, string>) =>
      identity.call('PUT', '/users/me', { headers: { cookie, ...headers }, body: { full_name: 'Renamed' } })
    const strange: Record<string, string>[] = [
      {},
      { origin: 'null' },
      { origin: 'https://evil.example' },
      { origin: 'http://localhost:3000.evil.example' },
      { origin: 'http://localhost:3001' },
    ]
    for (const headers of strange) {
      const refused = await rename(headers)
      expect([headers, refused.status, refused.body.code]).toEqual([headers, 403, 'origin_refused'])
    }
    expect((await rename(origin)).status).toBe(200)
    expect((await rename({ origin: 'http://desk.local:8080', host: 'desk.local:8080' })).status).toBe(200)
  })

  test('that nobody was given is refused', async () => {
    expect((await identity.me({ cookie: 'rapport_session=made-up' })).status).toBe(401)
  })

  test('ends thirty days after the last use', async () => {
    const cookie = cookieOf(await identity.register())
    const day_ms = 24 * 3600_000
    const statusAfter = async (days: number) => {
      let status = 0
      await identity.later(days * day_ms, async () => {
        status = (await identity.me({ cookie })).status
      })
      return status
    }
    expect(await statusAfter(20)).toBe(200)
    expect(await statusAfter(40)).toBe(200)
    expect(await statusAfter(71)).toBe(401)
  })

  test('lets a socket in from its own origin only; a token does from anywhere', async () => {
    const made = await identity.register()
    const enter = (credentials: Record<string, string>) => identity.authentication.identifySocket(credentials)
    const cookie = cookieOf(made)
    await expect(enter({ cookie, ...origin })).resolves.toMatchObject({
      user_id: made.body.user.id,
    })
    await expect(enter({ cookie, origin: 'https://evil.example' })).rejects.toMatchObject({
      status: 403,
    })
    await expect(enter({ cookie })).rejects.toMatchObject({ status: 403 })
    await expect(enter({ token: made.body.access_token })).resolves.toMatchObject({
      token_organization_id: made.body.organization.id,
    })
    await expect(enter({})).resolves.toBeNull()
  })
})
