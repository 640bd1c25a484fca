import { createHash, randomBytes } from 'node:crypto'
import { readdir } from 'node:fs/promises'
import { request as httpRequest } from 'node:http'
import { join } from 'node:path'
import {
  roleGrants,
  type Activity,
  type Attachment,
  type AuditEntry,
  type Lead,
  type PrivacyRequest,
  type Problem,
} from '@rapport/contracts'
import { Client } from 'pg'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { systemActor } from '../../platform/actor.ts'
import { createTestApp, type Caller, type TestApp } from '../../testing/app.ts'
import { dot, pieceForm } from '../../testing/attachment-examples.ts'
import { joinWith } from '../../testing/members.ts'
import { dropAttachments } from './personal-data.ts'
import { sweep } from './sweep.ts'

let app: TestApp
let owner: Caller
let admin: Client
let url: string
beforeAll(async () => {
  app = await createTestApp({ RAPPORT_MAX_FILE_MB: '3' })
  owner = await app.register()
  admin = new Client({ connectionString: app.adminUrl })
  await admin.connect()
  url = await app.listen()
})
afterAll(async () => {
  await admin?.end()
  await app?.stop()
})

type Items<Item> = { items: Item[]; next_cursor: string | null }
async function aLead(by = owner): Promise<Lead> {
  const made = await by.call<Lead>('POST', '/crm/leads', { body: { full_name: 'Lead' } })
  expect(made.status, made.text).toBe(201)
  return made.body
}
const announce = <Body = Attachment>({ id }: { id: string }, name: string, size: number, by = owner) =>
  by.call<Body>('POST', '/crm/attachments', { body: { record: { object: 'lead', id }, name, size } })
const send = <Body = Attachment>(id: string, number: number, offset: number, bytes: Buffer, by = owner) =>
  by.call<Body>('POST', `/crm/attachments/${id}/pieces`, pieceForm(number, offset, bytes))
async function attach(lead: Lead, name: string, bytes: Buffer, by = owner): Promise<Attachment> {
  const made = await announce(lead, name, bytes.length, by)
  expect(made.status, made.text).toBe(201)
  const sent = await send(made.body.id, 1, 0, bytes, by)
  expect(sent.status, sent.text).toBe(200)
  return sent.body
}
const read = async (id: string, by = owner) =>
  (await by.call<Attachment>('GET', `/crm/attachments/${id}`)).body
const filesOf = async ({ id }: { id: string }, query = '', by = owner) =>
  (await by.call<Items<Attachment>>('GET', `/crm/attachments?object=lead&record_id=${id}${query}`)).body.items
async function download(id: string, number = 1, by = owner): Promise<{ headers: Headers; bytes: Buffer }> {
  const { access_token, organization } = by.session
  const answer = await fetch(`${url}/api/crm/attachments/${id}/versions/${number}/content`, {
    headers: { authorization: `Bearer ${access_token}`, 'x-org-id': organization.id },
  })
  expect(answer.status).toBe(200)
  return { headers: answer.headers, bytes: Buffer.from(await answer.arrayBuffer()) }
}
const hash = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex')
const stored = async (): Promise<string[]> => {
  const root = join(app.app.platform.environment.dataDir, 'files')
  const found = await readdir(root, { recursive: true, withFileTypes: true })
  return found.filter((file) => file.isFile()).map((file) => join(file.parentPath, file.name))
}

describe('a file', () => {
  test('arrives in pieces in their order, and is the same byte for byte', async () => {
    const lead = await aLead()
    const bytes = randomBytes(2_500_000)
    const { body: made } = await announce(lead, 'Contract.bin', bytes.length)
    expect(made).toMatchObject({ current: 0, versions: [{ number: 1, received: 0 }] })
    expect((await send(made.id, 1, 0, bytes.subarray(0, 1_000_000))).body.versions[0]?.received).toBe(
      1_000_000,
    )
    const again = await send<Problem>(made.id, 1, 0, bytes.subarray(0, 1_000_000))
    expect(again).toMatchObject({ status: 409, body: { code: 'piece_misplaced' } })
    expect((again.body.current as Attachment).versions[0]?.received).toBe(1_000_000)
    // Announced once more, after a reload, it goes on where it stopped.
    const resumed = await announce(lead, 'Contract.bin', bytes.length)
    expect(resumed.body).toMatchObject({ id: made.id, versions: [{ received: 1_000_000 }] })
    const last = await send(made.id, 1, 1_000_000, bytes.subarray(1_000_000))
    expect(last.body).toMatchObject({ current: 1, versions: [{ received: bytes.length, preview: 'none' }] })
    const { headers, bytes: back } = await download(made.id)
    expect(hash(back)).toBe(hash(bytes))
    expect(headers.get('content-disposition')).toBe(
      `attachment; filename="Contract.bin"; filename*=UTF-8''Contract.bin`,
    )
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    expect(headers.get('content-security-policy')).toContain('sandbox')
    expect(headers.get('content-type')).toBe('application/octet-stream')
  })

  test('goes on where it stopped after a connection broke in the middle of a piece', async () => {
    const lead = await aLead()
    const bytes = randomBytes(2_000_000)
    const { body: made } = await announce(lead, 'Broken.bin', bytes.length)
    await send(made.id, 1, 0, bytes.subarray(0, 500_000))
    const before = await stored()
    const form = pieceForm(1, 500_000, bytes.subarray(500_000, 1_500_000))
    const { access_token, organization } = owner.session
    const broken = httpRequest(`${url}/api/crm/attachments/${made.id}/pieces`, {
      method: 'POST',
      headers: {
        ...form.headers,
        authorization: `Bearer ${access_token}`,
        'x-org-id': organization.id,
        'content-length': form.body.length,
      },
    })
    broken.on('error', () => undefined)
    broken.write(form.body.subarray(0, 300_000))
    await new Promise((resolve) => setTimeout(resolve, 100))
    const ended = new Promise((resolve) => broken.once('close', resolve))
    broken.destroy()
    await ended
    expect((await read(made.id)).versions[0]?.received).toBe(500_000)
    expect(await stored()).toEqual(before)
    const whole = await send(made.id, 1, 500_000, bytes.subarray(500_000))
    expect(whole.body.current).toBe(1)
    expect(hash((await download(made.id)).bytes)).toBe(hash(bytes))
  })

  test('sent twice at once is kept once, and no stray piece stays', async () => {
    const lead = await aLead()
    const { body: made } = await announce(lead, 'Twice.bin', 1000)
    const bytes = randomBytes(1000)
    const before = (await stored()).length
    const answers = await Promise.all([1, 2, 3].map(() => send(made.id, 1, 0, bytes)))
    expect(answers.map(({ status }) => status).toSorted((one, other) => one - other)).toEqual([200, 409, 409])
    expect((await stored()).length).toBe(before + 1)
    expect(hash((await download(made.id)).bytes)).toBe(hash(bytes))
  })

  test('has versions, of which every one can still be had', async () => {
    const lead = await aLead()
    const file = await attach(lead, 'Offer.txt', Buffer.from('first'))
    const next = await owner.call<Attachment>('POST', `/crm/attachments/${file.id}/versions`, {
      body: { size: 6 },
    })
    expect(next.body).toMatchObject({ current: 1, versions: [{ number: 2, received: 0 }, { number: 1 }] })
    const done = await send(file.id, 2, 0, Buffer.from('second'))
    expect(done.body.current).toBe(2)
    expect((await download(file.id, 1)).bytes.toString()).toBe('first')
    expect((await download(file.id, 2)).bytes.toString()).toBe('second')
    const renamed = await owner.call<Attachment>('PATCH', `/crm/attachments/${file.id}`, {
      body: { name: 'Offer ação.txt' },
    })
    expect(renamed.body.name).toBe('Offer ação.txt')
    expect((await download(file.id, 2)).headers.get('content-disposition')).toContain(
      "filename*=UTF-8''Offer%20a%C3%A7%C3%A3o.txt",
    )
    const timeline = await owner.call<Items<Activity>>('GET', `/crm/leads/${lead.id}/timeline`)
    const told = timeline.body.items.filter(({ type }) => type === 'attachment')
    expect(told.map(({ data }) => data['what'])).toEqual(['replaced', 'added'])
    const log = await owner.call<Items<AuditEntry>>('GET', '/organizations/current/audit-log?limit=20')
    const actions = log.body.items
      .filter(({ record_id }) => record_id === lead.id)
      .map(({ action }) => action)
    expect(actions.slice(0, 3)).toEqual(['attachment.updated', 'attachment.updated', 'attachment.created'])
  })

  test('that is an image gets a picture made anew, without what was hidden in it', async () => {
    const lead = await aLead()
    const photo = await sharp({ create: { width: 900, height: 600, channels: 3, background: '#3a57e0' } })
      .withExif({ IFD0: { Copyright: 'hidden-in-exif' } })
      .jpeg()
      .toBuffer()
    expect(photo.includes('hidden-in-exif')).toBe(true)
    const file = await attach(lead, 'Photo.jpg', photo)
    expect(file.versions[0]).toMatchObject({ media_type: 'image/jpeg', preview: 'pending' })
    await vi.waitFor(async () => expect((await read(file.id)).versions[0]?.preview).toBe('ready'), {
      timeout: 10_000,
      interval: 50,
    })
    const { access_token, organization } = owner.session
    const answer = await fetch(`${url}/api/crm/attachments/${file.id}/versions/1/preview?size=small`, {
      headers: { authorization: `Bearer ${access_token}`, 'x-org-id': organization.id },
    })
    expect(answer.headers.get('content-type')).toBe('image/webp')
    const picture = Buffer.from(await answer.arrayBuffer())
    expect(await sharp(picture).metadata()).toMatchObject({ format: 'webp', width: 320 })
    expect(picture.includes('hidden-in-exif')).toBe(false)
  })

  test('that only calls itself an image has none, and is still kept', async () => {
    const broken = Buffer.concat([dot.subarray(0, 40), randomBytes(200)])
    const file = await attach(await aLead(), 'Broken.png', broken)
    await vi.waitFor(async () => expect((await read(file.id)).versions[0]?.preview).toBe('none'), {
      timeout: 10_000,
      interval: 50,
    })
    const answer = await owner.call<Problem>('GET', `/crm/attachments/${file.id}/versions/1/preview`)
    expect(answer).toMatchObject({ status: 404, body: { code: 'preview_not_found' } })
  })

  test('that is a page or a drawing is only ever saved', async () => {
    const page = Buffer.from('<html><script>alert(1)</script></html>')
    const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>')
    for (const [name, bytes] of [
      ['page.html', page],
      ['drawing.svg', svg],
    ] as const) {
      const file = await attach(await aLead(), name, bytes)
      const { headers } = await download(file.id)
      expect(headers.get('content-type')).toBe('application/octet-stream')
      expect(headers.get('content-disposition')).toMatch(/^attachment;/)
      expect(file.versions[0]?.preview).toBe('none')
    }
  })
})

describe('what is not taken', () => {
  test.each(['setup.exe', 'run.bat', 'macro.vbs', 'page.hta', 'App.JAR', 'install.msi '])(
    'a program: %s',
    async (name) => {
      const refused = await announce<Problem>(await aLead(), name, 10)
      expect(refused).toMatchObject({ status: 422, body: { errors: [{ path: 'name', code: 'not_taken' }] } })
    },
  )

  test('is a program under another name, a file that is too large, and more than was announced', async () => {
    const lead = await aLead()
    const program = Buffer.concat([Buffer.from('7f454c46', 'hex'), randomBytes(60)])
    const { body: made } = await announce(lead, 'harmless.txt', program.length)
    expect((await send<Problem>(made.id, 1, 0, program)).body.errors?.[0]?.code).toBe('not_taken')
    expect((await announce<Problem>(lead, 'film.mp4', 3 * 1024 * 1024 + 1)).body.errors?.[0]?.code).toBe(
      'too_big',
    )
    const { body: small } = await announce(lead, 'small.txt', 3)
    expect((await send<Problem>(small.id, 1, 0, Buffer.from('four'))).status).toBe(422)
    expect((await filesOf(lead)).map(({ current }) => current)).toEqual([0, 0])
  })
})

describe('who may', () => {
  test('read the record reads its files; what is arriving is seen by who sends it alone', async () => {
    const [sales, other, viewer] = await Promise.all([
      app.join(owner, 'sales'),
      app.join(owner, 'sales'),
      app.join(owner, 'viewer'),
    ])
    const lead = await aLead()
    const file = await attach(lead, 'a.txt', Buffer.from('a'), sales)
    const { body: arriving } = await announce(lead, 'b.txt', 10, sales)
    expect((await filesOf(lead, '', sales)).map(({ id }) => id)).toEqual([arriving.id, file.id])
    expect((await filesOf(lead, '', viewer)).map(({ id }) => id)).toEqual([file.id])
    expect((await send(arriving.id, 1, 0, Buffer.from('x'), other)).status).toBe(404)
    expect((await announce(lead, 'c.txt', 10, viewer)).status).toBe(403)
    expect((await download(file.id, 1, viewer)).bytes.toString()).toBe('a')
    expect((await other.call<Problem>('DELETE', `/crm/attachments/${file.id}`)).body.code).toBe(
      'not_your_file',
    )
    expect((await sales.call('DELETE', `/crm/attachments/${file.id}`)).status).toBe(204)
  })

  test('not read the record finds no file of it, in no way', async () => {
    const near = await joinWith(app, owner, {
      grants: { ...roleGrants.sales, 'leads:read': 'own', 'leads:update': 'own' },
    })
    const { id, record } = await attach(await aLead(), 'a.txt', Buffer.from('a'))
    for (const [method, path, body] of [
      ['GET', '', undefined],
      ['GET', '/versions/1/content', undefined],
      ['GET', '/versions/1/preview', undefined],
      ['POST', '/versions', { size: 3 }],
      ['PATCH', '', { name: 'b' }],
      ['DELETE', '', undefined],
      ['POST', '/restore', undefined],
    ] as const)
      expect(
        (await near.call(method, `/crm/attachments/${id}${path}`, body ? { body } : {})).status,
        path,
      ).toBe(404)
    expect((await near.call('GET', `/crm/attachments?object=lead&record_id=${record.id}`)).status).toBe(404)
  })
})

describe('what goes', () => {
  test('into the trash comes back as it was', async () => {
    const lead = await aLead()
    const file = await attach(lead, 'a.txt', Buffer.from('a'))
    await owner.call('DELETE', `/crm/attachments/${file.id}`)
    expect(await filesOf(lead)).toEqual([])
    expect((await filesOf(lead, '&trashed=true')).map(({ id }) => id)).toEqual([file.id])
    expect(
      (await owner.call<Problem>('PATCH', `/crm/attachments/${file.id}`, { body: { name: 'b' } })).body.code,
    ).toBe('attachment_in_trash')
    await owner.call('POST', `/crm/attachments/${file.id}/restore`)
    expect((await filesOf(lead)).map(({ id }) => id)).toEqual([file.id])
  })

  test('for good leaves the storage, too: purged records, and uploads that nobody went on with', async () => {
    const guest = await app.register()
    const [purged, broken, kept] = [await aLead(guest), await aLead(guest), await aLead(guest)]
    const file = await attach(purged, 'gone.txt', Buffer.from('gone'), guest)
    const { body: half } = await announce(broken, 'half.bin', 20, guest)
    await send(half.id, 1, 0, Buffer.from('half'), guest)
    const stays = await attach(kept, 'stays.txt', Buffer.from('stays'), guest)
    await admin.query(
      `UPDATE attachment_versions SET created_at = now() - interval '25 hours' WHERE attachment_id = $1`,
      [half.id],
    )
    await admin.query(`UPDATE attachments SET created_at = now() - interval '25 hours' WHERE id = $1`, [
      half.id,
    ])
    const { tenancy, storage } = app.app.platform
    const actor = systemActor(guest.session.organization.id)
    await tenancy.inTenant(actor, (ctx) => dropAttachments(ctx, 'lead', [purged.id]))
    expect((await guest.call('GET', `/crm/attachments/${file.id}`)).status).toBe(404)
    await tenancy.inTenant(actor, (ctx) => sweep(ctx, storage))
    const left = (await stored()).filter((path) => path.includes(guest.session.organization.id))
    expect(left.map((path) => path.includes(stays.id))).toEqual([true])
    const rows = await admin.query('SELECT id FROM attachments WHERE organization_id = $1', [
      guest.session.organization.id,
    ])
    expect(rows.rows).toEqual([{ id: stays.id }])
  })

  test('with an erased person goes at once, the bytes first', async () => {
    const guest = await app.register()
    const lead = await aLead(guest)
    await attach(lead, 'passport.txt', Buffer.from('secret'), guest)
    const asked = await guest.call<PrivacyRequest>('POST', '/privacy/requests', {
      body: { kind: 'person_erasure', object: 'lead', record_ids: [lead.id], reason: 'Asked by mail' },
    })
    await vi.waitFor(
      async () =>
        expect(
          (await guest.call<PrivacyRequest>('GET', `/privacy/requests/${asked.body.id}`)).body.state,
        ).toBe('completed'),
      { timeout: 10_000 },
    )
    expect((await stored()).filter((path) => path.includes(guest.session.organization.id))).toEqual([])
    expect((await admin.query('SELECT 1 FROM attachments WHERE record_id = $1', [lead.id])).rows).toEqual([])
  })
})

test('what is kept is counted for each organization', async () => {
  const guest = await app.register()
  const lead = await aLead(guest)
  await attach(lead, 'a.txt', Buffer.from('12345'), guest)
  await announce(lead, 'b.txt', 10, guest)
  const usage = await guest.call('GET', '/crm/attachments/usage')
  expect(usage.body).toEqual({ files: 1, bytes: 5, largest_file: 3 * 1024 * 1024 })
})
