/** Mail against a real SMTP server from npm, and real jobs on a real database. */
import { pino } from 'pino'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { eventually, openEventHouse, silent, type EventHouse } from '../events/event-house.fixture.ts'
import { createJobs, type RunningJobs } from '../jobs.ts'
import { createSecrets } from '../secrets/index.ts'
import { createMail, keepMail, mailTemplate, removeOldMails, smtpDelivery, type Mail } from './index.ts'
import { startMailServer, type MailServer } from './mail-server.fixture.ts'

const secrets = createSecrets(['a secret that is only used in tests, always'])
const greeting = mailTemplate<{ name: string; url: string }>('greeting', {
  en: ({ name, url }) => ({
    subject: `Hello ${name}`,
    paragraphs: [`Hello ${name}, welcome.`],
    action: { label: 'Open Rapport', url },
    note: 'You can delete this mail.',
  }),
  'pt-BR': ({ name }) => ({ subject: `Olá ${name}`, paragraphs: [`Olá ${name}, seja bem-vindo.`] }),
})
const values = { name: 'Ada', url: 'https://crm.example.com/reset#token=key-to-the-account' }

let house: EventHouse
let server: MailServer
let jobs: RunningJobs
const logged: string[] = []
beforeAll(async () => {
  house = await openEventHouse()
})
beforeEach(async () => {
  server = await startMailServer()
  logged.length = 0
  await house.tenancy.inSystem((tx) => tx.deleteFrom('outgoing_mails').execute())
})
afterEach(async () => {
  await jobs.stop()
  await server.stop()
})
afterAll(() => house.close())

async function start({ smtp = true } = {}): Promise<Mail> {
  jobs = createJobs({ database: { url: house.url }, log: silent, role: 'all' })
  const mail = createMail({
    tenancy: house.tenancy,
    jobs,
    secrets,
    deliver: smtp ? smtpDelivery(server.url, 'Rapport <no-reply@crm.example.com>') : keepMail,
    log: pino({ level: 'info' }, { write: (line: string) => void logged.push(line) }),
    publicUrl: 'https://crm.example.com',
  })
  await jobs.start()
  return mail
}

const write = (mail: Mail, to = 'ada@example.com', name = 'Ada', language = 'en') =>
  house.tenancy.inSystem((tx) =>
    mail.send(tx, { to, language, template: greeting, values: { ...values, name } }),
  )
const stored = () => house.tenancy.inSystem((tx) => tx.selectFrom('outgoing_mails').selectAll().execute())
const settled = async (state: string) => {
  await eventually(
    async () => (await stored()).every((mail) => mail.state === state),
    `it is ${state}`,
    15_000,
  )
  return stored()
}

describe('a mail', () => {
  test('that comes again and again can be left with one press in the mail program', async () => {
    const mail = await start()
    const unsubscribe_url = 'https://crm.example.com/unsubscribe?token=abc'
    await house.tenancy.inSystem((tx) =>
      mail.send(tx, { to: 'ada@example.com', language: 'en', template: greeting, values, unsubscribe_url }),
    )
    await settled('sent')
    expect(server.taken[0]?.headers).toMatchObject({
      'list-unsubscribe': `<${unsubscribe_url}>`,
      'list-unsubscribe-post': 'List-Unsubscribe=One-Click',
    })
  })

  test('reaches the server as text and HTML, and its words are then forgotten', async () => {
    await write(await start())
    const [row] = await settled('sent')
    expect(row).toMatchObject({ template: 'greeting', content: null, attempts: 1, last_error: null })
    const [taken] = server.taken
    expect(taken?.to).toEqual(['ada@example.com'])
    expect(taken?.headers).toMatchObject({
      from: 'Rapport <no-reply@crm.example.com>',
      to: 'ada@example.com',
      subject: 'Hello Ada',
      'auto-submitted': 'auto-generated',
      'message-id': `<${row?.id}@crm.example.com>`,
    })
    expect(taken?.body).toContain('Content-Type: text/plain')
    expect(taken?.body).toContain('Content-Type: text/html')
    expect(taken?.links).toContain(values.url)
  })

  test('speaks the language of its reader', async () => {
    await write(await start(), 'bia@example.com', 'Bia', 'pt-BR')
    await settled('sent')
    expect(server.taken[0]?.headers['subject']).toMatch(/^=\?UTF-8\?/)
    expect(server.taken[0]?.body).toContain('seja bem-vindo')
  })

  test('of a transaction that rolled back is neither kept nor sent', async () => {
    const mail = await start()
    const failed = house.tenancy.inSystem(async (tx) => {
      await mail.send(tx, { to: 'ghost@example.com', language: 'en', template: greeting, values })
      throw new Error('changed my mind')
    })
    await expect(failed).rejects.toThrow('changed my mind')
    await write(mail)
    expect(await settled('sent')).toHaveLength(1)
    expect(server.taken.map(({ to }) => to)).toEqual([['ada@example.com']])
  })

  test('that the server cannot take now is sent when it can', async () => {
    server.refuseNext(451, 1)
    await write(await start())
    const [row] = await settled('sent')
    expect(row).toMatchObject({ attempts: 2 })
    expect(server.taken).toHaveLength(1)
  })

  test('is not lost while the server is away', async () => {
    await server.pause()
    await write(await start())
    await eventually(async () => (await stored())[0]?.attempts === 1, 'one attempt has failed', 15_000)
    expect((await stored())[0]).toMatchObject({
      state: 'queued',
      last_error: expect.stringContaining('ECONNREFUSED'),
    })
    await server.resume()
    await settled('sent')
    expect(server.taken).toHaveLength(1)
  })

  test('to an address that does not exist is given up at once, and the reason noted without the address', async () => {
    server.refuseNext(550, 1)
    await write(await start(), 'nobody@example.com')
    const [row] = await settled('failed')
    expect(row).toMatchObject({ attempts: 1, content: null, last_error: expect.stringContaining('550') })
    expect(row?.last_error).not.toContain('nobody@')
    expect(logged.join()).not.toContain('nobody@')
  })

  test('takes no header from a value, and no second recipient', async () => {
    const mail = await start()
    await write(mail, 'ada@example.com', 'Ada\r\nBcc: thief@example.com\r\n\r\n<script>alert(1)</script>')
    await settled('sent')
    const [taken] = server.taken
    expect(taken?.to).toEqual(['ada@example.com'])
    expect(taken?.headers['bcc']).toBeUndefined()
    expect(taken?.headers['subject']).toContain('Hello Ada Bcc: thief@example.com')
    expect(taken?.html).not.toContain('<script>')
    for (const to of ['a@example.com, b@example.com', 'a@example.com\nBcc: b@example.com', '<a@example.com>'])
      await expect(write(mail, to)).rejects.toThrow(/invalid/i)
  })
})

describe('without an SMTP server', () => {
  test('mails are kept, sealed, with a line in the log that holds neither address nor link', async () => {
    await write(await start({ smtp: false }))
    const [row] = await settled('kept')
    expect(row?.content).not.toContain('key-to-the-account')
    expect(server.taken).toEqual([])
    expect(logged).toHaveLength(1)
    expect(logged[0]).toContain('"to":"a…@example.com"')
    expect(logged.join()).not.toMatch(/ada@|key-to-the-account/)
  })

  test('they are kept for a week', async () => {
    await write(await start({ smtp: false }))
    await settled('kept')
    const age = (days: number) =>
      house.tenancy.inSystem((tx) =>
        tx
          .updateTable('outgoing_mails')
          .set({ created_at: new Date(Date.now() - days * 24 * 3600_000) })
          .execute(),
      )
    await age(6)
    await removeOldMails(house.tenancy)
    expect(await stored()).toHaveLength(1)
    await age(8)
    await removeOldMails(house.tenancy)
    expect(await stored()).toEqual([])
  })
})

test('a transaction of an organization can add a mail but sees, changes and removes none', async () => {
  const mail = await start({ smtp: false })
  const actor = await house.anOrganization()
  await house.tenancy.inTenant(actor, async ({ tx }) => {
    await mail.send(tx, { to: 'ada@example.com', language: 'en', template: greeting, values })
    expect(await tx.selectFrom('outgoing_mails').selectAll().execute()).toEqual([])
    const changed = await tx
      .updateTable('outgoing_mails')
      .set({ recipient: 'me@example.com' })
      .executeTakeFirst()
    const removed = await tx.deleteFrom('outgoing_mails').executeTakeFirst()
    expect([changed.numUpdatedRows, removed.numDeletedRows]).toEqual([0n, 0n])
  })
  expect(await settled('kept')).toMatchObject([{ recipient: 'ada@example.com' }])
})
