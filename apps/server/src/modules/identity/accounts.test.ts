import type { Organization, User } from '@rapport/contracts'
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { addMember } from './accounts.ts'
import { bearer, cookieOf, inOrganization, password, startIdentity, type Harness } from './testing/harness.ts'

let identity: Harness
beforeAll(async () => {
  identity = await startIdentity()
})
afterAll(() => identity?.stop())

describe('registration', () => {
  test('makes the account, its organization and the ownership, and logs in', async () => {
    const { status, body, headers } = await identity.register({
      email: ' Ana.Souza@Example.com ',
      full_name: 'Ana Souza',
      organization_name: 'Açaí & Filhos',
      time_zone: 'America/Sao_Paulo',
    })
    expect(status).toBe(201)
    expect(body.user).toMatchObject({ email: 'ana.souza@example.com', time_zone: 'America/Sao_Paulo' })
    expect(body.organization).toMatchObject({ name: 'Açaí & Filhos', slug: 'acai-filhos' })
    expect(body).toMatchObject({ role: 'owner', expires_in: 900 })
    expect(headers['set-cookie']).toMatch(/^rapport_session=[\w-]{43};/)
    expect((await identity.current(inOrganization(body))).body).toEqual(body.organization)
  })

  test('names the organization after the person when no name is given, and gives each its own slug', async () => {
    const [one, two] = await Promise.all([
      identity.register({ full_name: 'Bruno Lima' }),
      identity.register({ full_name: 'Bruno Reis' }),
    ])
    expect(one.body.organization.name).toBe("Bruno's organization")
    expect(one.body.organization.slug).not.toBe(two.body.organization.slug)
  })

  test('of an e-mail that has an account is a conflict and leaves nothing behind', async () => {
    const { body } = await identity.register({ organization_name: 'First of its name' })
    const again = await identity.register({
      email: body.user.email.toUpperCase(),
      organization_name: 'Left over',
    })
    expect([again.status, again.body.code]).toEqual([409, 'email_taken'])
    const { rows } = await identity.pool.query("SELECT 1 FROM organizations WHERE name = 'Left over'")
    expect(rows).toEqual([])
  })

  test('refuses a short password and an unknown time zone', async () => {
    expect((await identity.register({ password: 'too short' })).status).toBe(422)
    expect((await identity.register({ time_zone: 'Mars/Olympus' })).status).toBe(422)
  })

  test('happens with what other modules add to an organization, or not at all', async () => {
    const hooked = await startIdentity({
      onOrganizationCreated: [
        async ({ tx, actor: { organization_id }, emit }) => {
          const pipeline = { organization_id, id: randomUUID(), object: 'lead', name: 'Leads' }
          await tx.insertInto('pipelines').values(pipeline).execute()
          emit({ type: 'pipeline.created', record: { object: 'pipeline', id: pipeline.id } })
        },
        async ({ actor }) => {
          if (actor.name === 'Unlucky') throw new Error('The last step fails.')
        },
      ],
    })
    try {
      const made = await hooked.register({ full_name: 'Lucky', email: 'lucky@example.com' })
      expect(made.status).toBe(201)
      const failed = await hooked.register({ full_name: 'Unlucky', email: 'unlucky@example.com' })
      expect(failed.status).toBe(500)
      const users = await hooked.pool.query('SELECT email FROM users')
      expect(users.rows).toEqual([{ email: 'lucky@example.com' }])
      const owner = await hooked.authentication.actorOf(made.body.user.id, made.body.organization.id)
      if (!owner) throw new Error('The owner is a member.')
      const events = await hooked.tenancy.inTenant(owner, ({ tx }) =>
        tx.selectFrom('events').select(['seq', 'type']).orderBy('seq').execute(),
      )
      expect(events).toEqual([
        { seq: 1, type: 'member.joined' },
        { seq: 2, type: 'pipeline.created' },
      ])
    } finally {
      await hooked.stop()
    }
  })
})

test('a member that is added has an account and is told as an event', async () => {
  const { body } = await identity.register()
  const owner = await identity.enter(bearer(body), body.organization.id)
  const person = { email: 'colleague@example.com', password, full_name: 'Carla Dias' }
  const added = await identity.tenancy.inTenant(owner, (ctx) => addMember(ctx, person, 'viewer'))
  const { body: session } = await identity.logIn(person.email)
  expect(session).toMatchObject({ user: added, organization: body.organization, role: 'viewer' })
  const joined = await identity.tenancy.inTenant(owner, ({ tx }) =>
    tx.selectFrom('events').select(['record_id', 'data']).orderBy('seq', 'desc').executeTakeFirst(),
  )
  expect(joined).toEqual({ record_id: added.id, data: { full_name: 'Carla Dias', role: 'viewer' } })
})

describe('a secret', () => {
  test('never leaves in an answer, and only hashes are stored', async () => {
    const made = await identity.register()
    const answers = [
      made,
      await identity.logIn(made.body.user.email),
      await identity.me(bearer(made.body)),
      await identity.call('GET', '/organizations/current/members', { headers: inOrganization(made.body) }),
    ]
    for (const { text } of answers) expect(text).not.toMatch(/argon2|password|correct horse/)
    const user = await identity.pool.query<{ password_hash: string }>(
      'SELECT password_hash FROM users WHERE id = $1',
      [made.body.user.id],
    )
    expect(user.rows[0]?.password_hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/)
    const sessions = await identity.pool.query<{ session: string }>(
      'SELECT row_to_json(sessions)::text AS session FROM sessions',
    )
    const stored = sessions.rows.map(({ session }) => session).join()
    expect(stored).not.toContain(made.body.refresh_token)
    expect(stored).not.toContain(cookieOf(made).split('=')[1])
  })
})

describe('settings', () => {
  test('of the person are theirs to change', async () => {
    const { body } = await identity.register()
    const changed = await identity.call<User>('PUT', '/users/me', {
      headers: bearer(body),
      body: { full_name: 'New Name', language: 'pt-BR', time_zone: 'Europe/Berlin' },
    })
    expect(changed.body).toEqual({
      ...body.user,
      full_name: 'New Name',
      language: 'pt-BR',
      time_zone: 'Europe/Berlin',
    })
    expect((await identity.me(bearer(body))).body.user).toEqual(changed.body)
    const actor = await identity.authentication.actorOf(body.user.id, body.organization.id)
    expect(actor).toMatchObject({ name: 'New Name', time_zone: 'Europe/Berlin', currency: 'USD' })
  })

  test('of the organization reach its actors at once and are told as an event', async () => {
    const { body } = await identity.register()
    const headers = inOrganization(body)
    await identity.current(headers)
    const change = { currency: 'BRL', country: 'BR' }
    const changed = await identity.call<Organization>('PUT', '/organizations/current', {
      headers,
      body: change,
    })
    expect(changed.body).toEqual({ ...body.organization, ...change })
    const actor = await identity.enter(headers, body.organization.id)
    expect(actor).toMatchObject(change)
    const events = await identity.tenancy.inTenant(actor, ({ tx }) =>
      tx.selectFrom('events').select('type').orderBy('seq').execute(),
    )
    expect(events.map(({ type }) => type)).toEqual(['member.joined', 'organization.updated'])
  })
})
