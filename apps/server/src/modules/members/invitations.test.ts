import type {
  Invitation,
  Me,
  Organization,
  ReceivedInvitation,
  SentInvitation,
  Session,
} from '@rapport/contracts'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createTestApp, type Caller, type TestApp } from '../../testing/app.ts'
import {
  anAddress,
  eventsOf,
  invitationsOf,
  inviteBy,
  mailTo,
  membersOf,
  password,
  registerBy,
  tokenOf,
} from './members.fixture.ts'

let app: TestApp
let owner: Caller
beforeAll(async () => {
  app = await createTestApp()
  owner = await app.register({ organization_name: 'Aurora', full_name: 'Ana Lima' })
})
afterAll(() => app?.stop())

const inspect = (token: string) =>
  app.call<ReceivedInvitation & { code: string }>('POST', '/organizations/invitations/inspect', {
    body: { token },
  })
const accept = (caller: Caller, token: string) =>
  caller.call<{ organization: Organization; role: string; code: string; detail: string }>(
    'POST',
    '/organizations/invitations/accept',
    { body: { token } },
  )
const revoke = (caller: Caller, id: string) =>
  caller.call<{ code: string }>('DELETE', `/organizations/current/invitations/${id}`)
const meOf = async ({ session }: Caller) =>
  (await app.call<Me>('GET', '/users/me', { headers: { authorization: `Bearer ${session.access_token}` } }))
    .body

/** As time does, for one invitation. */
const age = (id: string, days: number) =>
  app.app.platform.tenancy.inSystem((tx) =>
    tx
      .updateTable('invitations')
      .set({ expires_at: new Date(Date.now() + (7 - days) * 86_400_000) })
      .where('id', '=', id)
      .execute(),
  )
const verify = (email: string) =>
  app.app.platform.tenancy.inSystem((tx) =>
    tx.updateTable('users').set({ email_verified_at: new Date() }).where('email', '=', email).execute(),
  )

describe('an invitation', () => {
  test('is mailed in the language of the inviter, with a link whose token reaches no server', async () => {
    const email = anAddress()
    const sent = await inviteBy(owner, email, { message: 'Glad to have you!' })
    const mail = await mailTo(app, email)
    expect(mail.language).toBe('en')
    expect(mail.subject).toBe('Ana Lima invites you to Aurora on Rapport')
    expect(mail.text).toContain('“Glad to have you!”')
    expect(mail.text).toMatch(/\/invitations\/accept#token=[\w-]{43}/)
    expect(sent).toMatchObject({ email, role: 'sales', state: 'pending', message: 'Glad to have you!' })
    expect(Date.parse(sent.expires_at) - Date.parse(sent.sent_at)).toBeCloseTo(7 * 86_400_000, -4)
  })

  test('is mailed in the language of the account that the address has', async () => {
    const { session } = await app.register()
    await app.call('PUT', '/users/me', {
      headers: { authorization: `Bearer ${session.access_token}` },
      body: { language: 'pt-BR' },
    })
    await inviteBy(owner, session.user.email)
    expect((await mailTo(app, session.user.email)).subject).toBe(
      'Ana Lima convidou você para Aurora no Rapport',
    )
  })

  test('tells who opens it what it is about, and only hashes of its tokens are stored', async () => {
    const email = anAddress()
    const sent = await inviteBy(owner, email, { role: 'manager' })
    const { token } = await mailTo(app, email)
    for (const each of [token, tokenOf(sent.link)]) {
      const { status, body } = await inspect(each)
      expect(status).toBe(200)
      expect(body).toMatchObject({
        organization_name: 'Aurora',
        email,
        role: 'manager',
        inviter_name: 'Ana Lima',
      })
    }
    const rows = await app.app.platform.tenancy.inSystem((tx) =>
      tx.selectFrom('invitations').selectAll().execute(),
    )
    expect(JSON.stringify(rows)).not.toContain(token)
    expect((await inspect('a token that somebody made up')).body.code).toBe('invitation_not_found')
  })

  test('makes a new person a member of the inviting organization, with the role, and of no other', async () => {
    const email = anAddress()
    const { id } = await inviteBy(owner, email, { role: 'manager' })
    const { token } = await mailTo(app, email)
    const { status, body } = await registerBy(app, email, token)
    expect(status).toBe(201)
    expect(body).toMatchObject({ role: 'manager', organization: owner.session.organization, user: { email } })
    const member = (await membersOf(owner)).find((one) => one.user_id === body.user.id)
    expect(member).toMatchObject({ email, role: 'manager', deactivated_at: null })
    const me = await app.call<Me>('GET', '/users/me', {
      headers: { authorization: `Bearer ${body.access_token}` },
    })
    expect(me.body.organizations).toHaveLength(1)
    const events = (await eventsOf(app, owner)).filter(({ record_id }) => record_id === id)
    expect(events.map(({ type }) => type)).toEqual(['invitation.created', 'invitation.ended'])
    expect((await invitationsOf(owner)).map((one) => one.email)).not.toContain(email)
  })

  test('proves the address by the mailed link, not by the one that the inviter passes on', async () => {
    const verified = async (email: string, token: string) => {
      expect((await registerBy(app, email, token)).status).toBe(201)
      const { email_verified_at } = await app.app.platform.tenancy.inSystem((tx) =>
        tx
          .selectFrom('users')
          .select('email_verified_at')
          .where('email', '=', email)
          .executeTakeFirstOrThrow(),
      )
      return email_verified_at !== null
    }
    const [mailed, passedOn] = [anAddress(), anAddress()]
    await inviteBy(owner, mailed)
    expect(await verified(mailed, (await mailTo(app, mailed)).token)).toBe(true)
    expect(await verified(passedOn, tokenOf((await inviteBy(owner, passedOn)).link))).toBe(false)
  })

  test('lets nobody register with another address', async () => {
    const email = anAddress()
    await inviteBy(owner, email)
    const refused = await registerBy(app, anAddress(), (await mailTo(app, email)).token)
    expect([refused.status, refused.body.code]).toEqual([403, 'invitation_for_other_address'])
    expect((await invitationsOf(owner)).find((one) => one.email === email)?.state).toBe('pending')
  })

  test('is accepted by the account of its address, and by no other, which is told so', async () => {
    const [guest, other] = await Promise.all([app.register(), app.register()])
    const { email } = guest.session.user
    await inviteBy(owner, email)
    const { token } = await mailTo(app, email)
    const refused = await accept(other, token)
    expect([refused.status, refused.body.code]).toEqual([403, 'invitation_for_other_address'])
    expect(refused.body.detail).toContain(email)
    const joined = await accept(guest, token)
    expect([joined.status, joined.body.role]).toEqual([200, 'sales'])
    expect(joined.body.organization).toEqual(owner.session.organization)
    expect((await meOf(guest)).organizations.map(({ name }) => name)).toContain('Aurora')
  })

  test('works once', async () => {
    const guest = await app.register()
    const { link } = await inviteBy(owner, guest.session.user.email)
    const attempts = await Promise.all(Array.from({ length: 4 }, () => accept(guest, tokenOf(link))))
    expect(attempts.filter(({ status }) => status === 200)).toHaveLength(1)
    expect(attempts.filter(({ body }) => body.code === 'invitation_accepted')).toHaveLength(3)
    expect((await inspect(tokenOf(link))).body.code).toBe('invitation_accepted')
  })

  test('ends after seven days, can be sent again, and then only the new link works', async () => {
    const email = anAddress()
    const { id, link } = await inviteBy(owner, email)
    await age(id, 8)
    expect((await inspect(tokenOf(link))).body.code).toBe('invitation_expired')
    expect((await registerBy(app, email, tokenOf(link))).body.code).toBe('invitation_expired')
    expect((await invitationsOf(owner)).find((one) => one.id === id)?.state).toBe('expired')
    const again = await owner.call<SentInvitation>('POST', `/organizations/current/invitations/${id}/resend`)
    expect(again.body).toMatchObject({ id, state: 'pending' })
    expect((await inspect(tokenOf(link))).status).toBe(404)
    expect((await inspect(tokenOf(again.body.link))).status).toBe(200)
    expect((await inspect((await mailTo(app, email)).token)).status).toBe(200)
  })

  test('to the same address renews the former one, with the new role', async () => {
    const email = anAddress()
    const first = await inviteBy(owner, email)
    const second = await inviteBy(owner, email.toUpperCase(), { role: 'viewer' })
    expect(second.id).toBe(first.id)
    expect((await inspect(tokenOf(first.link))).status).toBe(404)
    expect((await invitationsOf(owner)).filter((one) => one.email === email)).toMatchObject([
      { role: 'viewer' },
    ])
  })

  test('that was taken back opens nothing', async () => {
    const email = anAddress()
    const { id, link } = await inviteBy(owner, email)
    expect((await revoke(owner, id)).status).toBe(204)
    expect((await revoke(owner, id)).status).toBe(204)
    expect((await registerBy(app, email, tokenOf(link))).body.code).toBe('invitation_revoked')
    expect((await invitationsOf(owner)).map((one) => one.id)).not.toContain(id)
  })

  test('to a member is a conflict that says so; a deactivated one may come back by it', async () => {
    const member = await app.join(owner, 'viewer')
    const { email, id } = member.session.user
    const refused = await owner.call<{ code: string }>('POST', '/organizations/current/invitations', {
      body: { email, role: 'sales' },
    })
    expect([refused.status, refused.body.code]).toEqual([409, 'already_member'])
    await owner.call('DELETE', `/organizations/current/members/${id}`)
    const { link } = await inviteBy(owner, email, { role: 'sales' })
    expect((await accept(member, tokenOf(link))).status).toBe(200)
    expect((await membersOf(owner)).find((one) => one.user_id === id)?.role).toBe('sales')
  })

  test('puts the person into the teams that it names, and unknown teams are refused', async () => {
    const team = await owner.call<{ id: string }>('POST', '/organizations/current/teams', {
      body: { name: 'North' },
    })
    const email = anAddress()
    await inviteBy(owner, email, { team_ids: [team.body.id] })
    const { body } = await registerBy(app, email, (await mailTo(app, email)).token)
    const member = (await membersOf(owner)).find((one) => one.user_id === body.user.id)
    expect(member?.teams).toEqual([{ id: team.body.id, name: 'North' }])
    const stranger = await app.register()
    const refused = await stranger.call('POST', '/organizations/current/invitations', {
      body: { email, role: 'sales', team_ids: [team.body.id] },
    })
    expect(refused.status).toBe(422)
  })
})

describe('who invites', () => {
  test('gives at most what they hold, and never ownership', async () => {
    const admin = await app.join(owner, 'admin')
    const as = async (caller: Caller, role: string) =>
      (
        await caller.call('POST', '/organizations/current/invitations', {
          body: { email: anAddress(), role },
        })
      ).status
    expect(await as(owner, 'owner')).toBe(422)
    expect(await as(admin, 'owner')).toBe(422)
    expect(await as(admin, 'admin')).toBe(201)
    expect(await as(owner, 'no such role')).toBe(422)
    for (const role of ['manager', 'sales', 'viewer'])
      expect(await as(await app.join(owner, role), 'viewer')).toBe(403)
  })

  test('sees and ends the invitations of their own organization only', async () => {
    const { id } = await inviteBy(owner)
    const stranger = await app.register()
    expect(await invitationsOf(stranger)).toEqual([])
    expect((await revoke(stranger, id)).status).toBe(404)
    const resent = await stranger.call('POST', `/organizations/current/invitations/${id}/resend`)
    expect(resent.status).toBe(404)
  })

  test('is stopped after some mails to one address in an hour', async () => {
    const email = anAddress()
    for (let time = 0; time < 5; time += 1) await inviteBy(owner, email)
    const refused = await owner.call<{ code: string }>('POST', '/organizations/current/invitations', {
      body: { email, role: 'sales' },
    })
    expect([refused.status, refused.body.code]).toEqual([429, 'invited_too_often'])
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0)
  })

  test('takes their open invitations along when they are shut out', async () => {
    const admin = await app.join(owner, 'admin')
    const { link } = await inviteBy(admin)
    await owner.call('DELETE', `/organizations/current/members/${admin.session.user.id}`)
    expect((await inspect(tokenOf(link))).body.code).toBe('invitation_revoked')
  })
})

test('the erasure of a person takes the invitations to them along', async () => {
  const email = anAddress()
  const { id } = await inviteBy(owner, email)
  const lead = await owner.call<{ id: string }>('POST', '/crm/leads', {
    body: { full_name: 'Erna Weg', email },
  })
  await owner.call('POST', '/privacy/requests', {
    body: { kind: 'person_erasure', object: 'lead', record_ids: [lead.body.id], reason: 'Asked' },
  })
  await expect.poll(async () => (await invitationsOf(owner)).map((one) => one.id)).not.toContain(id)
})

describe('invitations to oneself', () => {
  const mine = async (caller: Caller) =>
    (await caller.call<{ items: ReceivedInvitation[] }>('GET', '/users/me/invitations')).body.items

  test('are shown and accepted without their token once the address is proved, and not before', async () => {
    const guest = await app.register()
    const { email } = guest.session.user
    const { id } = await inviteBy(owner, email)
    const take = () => guest.call<{ code: string }>('POST', `/users/me/invitations/${id}/accept`)
    expect(await mine(guest)).toEqual([])
    expect((await take()).body.code).toBe('address_not_verified')
    await verify(email)
    expect(await mine(guest)).toMatchObject([{ id, organization_name: 'Aurora', role: 'sales' }])
    expect((await take()).status).toBe(200)
    expect(await mine(guest)).toEqual([])
  })

  test('can be declined, by nobody else', async () => {
    const [guest, other] = await Promise.all([app.register(), app.register()])
    const { id, link } = await inviteBy(owner, guest.session.user.email)
    for (const caller of [guest, other]) await verify(caller.session.user.email)
    const decline = (caller: Caller) => caller.call('DELETE', `/users/me/invitations/${id}`)
    expect((await decline(other)).status).toBe(404)
    expect((await decline(guest)).status).toBe(204)
    expect((await inspect(tokenOf(link))).body.code).toBe('invitation_declined')
    expect((await invitationsOf(owner)).map((one: Invitation) => one.id)).not.toContain(id)
  })
})

describe('logging in with an invitation', () => {
  const logIn = (email: string, invitation_token: string) =>
    app.call<Session & { code: string }>('POST', '/auth/login', {
      body: { email, password, invitation_token },
    })

  test('opens the inviting organization, also to an account that belongs to none any more', async () => {
    const guest = await app.register()
    const { user, organization } = guest.session
    await app.app.platform.tenancy.inSystem((tx) =>
      tx
        .updateTable('memberships')
        .set({ deactivated_at: new Date() })
        .where('organization_id', '=', organization.id)
        .execute(),
    )
    const { link } = await inviteBy(owner, user.email)
    const { status, body } = await logIn(user.email, tokenOf(link))
    expect([status, body.organization?.name, body.role]).toEqual([200, 'Aurora', 'sales'])
  })

  test('of another address is refused, and a wrong password joins nothing', async () => {
    const guest = await app.register()
    const { link } = await inviteBy(owner)
    expect((await logIn(guest.session.user.email, tokenOf(link))).body.code).toBe(
      'invitation_for_other_address',
    )
    const own = await inviteBy(owner, guest.session.user.email)
    const wrong = await app.call<{ code: string }>('POST', '/auth/login', {
      body: {
        email: guest.session.user.email,
        password: 'wrong horse battery',
        invitation_token: tokenOf(own.link),
      },
    })
    expect((await inspect(tokenOf(own.link))).status).toBe(200)
    expect(wrong.body.code).toBe('wrong_credentials')
  })
})
