import {
  roleGrants,
  type Activity,
  type AuditEntry,
  type Deal,
  type Lead,
  type Note,
  type NoteNode,
  type NoteVersion,
  type Problem,
  type RapportEvent,
} from '@rapport/contracts'
import { connectRealtime } from '@rapport/sdk/realtime'
import { Client } from 'pg'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { createTestApp, type Caller, type TestApp } from '../../testing/app.ts'
import { joinWith } from '../../testing/members.ts'
import { lines } from '../../testing/note-examples.ts'

let app: TestApp
let owner: Caller
let admin: Client
beforeAll(async () => {
  app = await createTestApp()
  owner = await app.register()
  admin = new Client({ connectionString: app.adminUrl })
  await admin.connect()
})
afterAll(async () => {
  await admin?.end()
  await app?.stop()
})

type Items<Item> = { items: Item[]; next_cursor: string | null }
async function aLead(fields: Record<string, unknown> = {}, by = owner): Promise<Lead> {
  const made = await by.call<Lead>('POST', '/crm/leads', { body: { full_name: 'Lead', ...fields } })
  expect(made.status, made.text).toBe(201)
  return made.body
}
const doc = (...content: NoteNode[]) => ({ type: 'doc', content })
const paragraph = (...content: NoteNode[]): NoteNode => ({ type: 'paragraph', content })
const text = (told: string, ...marks: string[]): NoteNode => ({
  type: 'text',
  text: told,
  ...(marks.length > 0 ? { marks: marks.map((type) => ({ type: type as 'bold' })) } : {}),
})
const write = <Body = Note>({ id }: { id: string }, body: unknown, by = owner, object = 'lead') =>
  by.call<Body>('POST', '/crm/notes', { body: { record: { object, id }, body } })
async function aNote(lead: { id: string }, body: unknown = lines('Likes tea'), by = owner): Promise<Note> {
  const made = await write(lead, body, by)
  expect(made.status, made.text).toBe(201)
  return made.body
}
const change = <Body = Note>({ id }: { id: string }, body: object, by = owner) =>
  by.call<Body>('PATCH', `/crm/notes/${id}`, { body })
const notesOf = async ({ id }: { id: string }, query = '', by = owner) =>
  (await by.call<Items<Note>>('GET', `/crm/notes?object=lead&record_id=${id}${query}`)).body
const versionsOf = async ({ id }: { id: string }) =>
  (await owner.call<Items<NoteVersion>>('GET', `/crm/notes/${id}/versions`)).body.items
const told = async ({ id }: { id: string }) =>
  (await owner.call<Items<Activity>>('GET', `/crm/leads/${id}/timeline`)).body.items.filter(
    ({ type }) => type === 'note',
  )

describe('a note', () => {
  test('is kept with its structure, found on its record and told on the timeline', async () => {
    const lead = await aLead()
    const body = doc(
      { type: 'heading', attrs: { level: 2 }, content: [text('Call')] },
      paragraph(text('Wants '), text('two', 'bold', 'italic'), { type: 'hardBreak' }, text('offers')),
      {
        type: 'taskList',
        content: [{ type: 'taskItem', attrs: { checked: true }, content: [paragraph(text('Send one'))] }],
      },
    )
    const made = await write(lead, body)
    expect(made).toMatchObject({ status: 201, body: { version: 1, pinned: false, can: { update: true } } })
    expect(made.body.body).toEqual(body)
    expect(made.body.text).toBe('Call\nWants two\noffers\nSend one')
    expect(made.body.author.id).toBe(owner.session.user.id)
    expect((await notesOf(lead)).items).toEqual([made.body])
    expect(await told(lead)).toMatchObject([
      { body: made.body.text, data: { note_id: made.body.id, what: 'written' } },
    ])
  })

  test('is written on records of every kind, an object of one’s own too', async () => {
    const [company, deal] = await Promise.all([
      owner.call<Lead>('POST', '/crm/companies', { body: { name: 'Acme' } }),
      owner.call<Deal>('POST', '/crm/deals', { body: { name: 'Renewal' } }),
    ])
    await owner.call('POST', '/crm/custom-objects', {
      body: { key: 'vehicle', label: 'Vehicle', label_many: 'Vehicles' },
    })
    const van = await owner.call<{ id: string }>('POST', '/crm/custom-objects/vehicle/records', {
      body: { name: 'Van' },
    })
    for (const [object, { id }] of [
      ['company', company.body],
      ['deal', deal.body],
      ['vehicle', van.body],
    ] as const) {
      expect((await write({ id }, lines('Kept'), owner, object)).status).toBe(201)
      const { body } = await owner.call<Items<Note>>('GET', `/crm/notes?object=${object}&record_id=${id}`)
      expect(body.items.map((note) => note.text)).toEqual(['Kept'])
    }
    expect((await write(company.body, lines('Nowhere'), owner, 'planet')).status).toBe(422)
    expect((await write(company.body, lines('Not a lead'))).status).toBe(404)
  })

  test('that is pinned comes first, then the newest, page by page', async () => {
    const lead = await aLead()
    const [first, second, third] = [
      await aNote(lead, lines('One')),
      await aNote(lead, lines('Two')),
      await aNote(lead, lines('Three')),
    ]
    const pinned = await change(first, { pinned: true })
    expect(pinned.body).toMatchObject({ pinned: true, version: 1 })
    const page = await notesOf(lead, '&limit=2')
    expect(page.items.map(({ id }) => id)).toEqual([first.id, third.id])
    const rest = await notesOf(lead, `&limit=2&cursor=${page.next_cursor}`)
    expect(rest).toMatchObject({ items: [{ id: second.id }], next_cursor: null })
  })

  test('of nothing is refused', async () => {
    expect((await write(await aLead(), doc(paragraph()))).status).toBe(422)
  })
})

describe('what comes in', () => {
  const link = (href: unknown) =>
    doc(paragraph({ type: 'text', text: 'here', marks: [{ type: 'link', attrs: { href } } as never] }))
  const deep = (levels: number): NoteNode =>
    levels === 0 ? paragraph(text('deep')) : { type: 'blockquote', content: [deep(levels - 1)] }
  test.each<[string, unknown, string]>([
    [
      'a node that is none',
      doc({ type: 'iframe', attrs: { src: 'https://evil.example' } }),
      'content.0.type',
    ],
    ['HTML', doc({ type: 'html', content: [text('<script>')] }), 'content.0.type'],
    ['a node where it may not stand', doc({ type: 'listItem', content: [paragraph()] }), 'content.0.type'],
    ['a mark that is none', doc(paragraph(text('a', 'textStyle'))), 'content.0.content.0.marks.0'],
    ['a link that runs', link('javascript:alert(1)'), 'content.0.content.0.marks.0.attrs.href'],
    ['a link that hides it', link(' JaVa\tScript:alert(1)'), 'content.0.content.0.marks.0.attrs.href'],
    ['a link with data', link('data:text/html,x'), 'content.0.content.0.marks.0.attrs.href'],
    ['a link that is no text', link({ toString: 'x' }), 'content.0.content.0.marks.0.attrs.href'],
    ['a heading of level nine', doc({ type: 'heading', attrs: { level: 9 } }), 'content.0.attrs'],
    [
      'a mention of nobody',
      doc(paragraph({ type: 'mention', attrs: { id: 'me' } })),
      'content.0.content.0.attrs',
    ],
    ['an empty list', doc({ type: 'bulletList', content: [] }), 'content.0.content'],
    ['an empty text', doc(paragraph({ type: 'text', text: '' })), 'content.0.content.0.text'],
    ['what is nested too deep', doc(deep(13)), 'content.0'],
    ['a novel', lines('x'.repeat(200_001)), ''],
  ])('is refused with its place: %s', async (_what, body, place) => {
    const refused = await write<Problem>(await aLead(), body)
    expect(refused).toMatchObject({ status: 422, body: { code: 'invalid_input' } })
    expect(refused.body.errors?.[0]?.path.startsWith(place === '' ? 'body' : `body.${place}`)).toBe(true)
  })

  test('loses attributes that are not known', async () => {
    const link = {
      type: 'link',
      attrs: { href: 'https://example.com/', onclick: 'x', target: '_top', class: 'y' },
    }
    const body = doc({
      ...paragraph({ type: 'text', text: 'here', marks: [link as never] }),
      attrs: { style: 'position:fixed', onload: 'x' },
    })
    const made = await aNote(await aLead(), body)
    expect(made.body).toEqual(
      doc(
        paragraph({
          type: 'text',
          text: 'here',
          marks: [{ type: 'link', attrs: { href: 'https://example.com/' } }],
        }),
      ),
    )
  })
})

describe('a note that is written on', () => {
  test('keeps one version for each sitting of one person, and an old one is written again', async () => {
    const lead = await aLead()
    const note = await aNote(lead, lines('One'))
    await change(note, { body: lines('One, two'), version: 1 })
    const third = await change(note, { body: lines('One, two, three'), version: 2 })
    expect(third.body).toMatchObject({ version: 3, edited_by: { id: owner.session.user.id } })
    expect((await versionsOf(note)).map((one) => [one.version, one.text])).toEqual([[3, 'One, two, three']])
    const colleague = await app.join(owner, 'admin')
    await change(note, { body: lines('Other words'), version: 3 }, colleague)
    await admin.query(
      `UPDATE note_versions SET saved_at = now() - interval '11 minutes' WHERE note_id = $1`,
      [note.id],
    )
    await change(note, { body: lines('Later words'), version: 4 }, colleague)
    const versions = await versionsOf(note)
    expect(versions.map((one) => [one.version, one.text, one.by.id])).toEqual([
      [5, 'Later words', colleague.session.user.id],
      [4, 'Other words', colleague.session.user.id],
      [3, 'One, two, three', owner.session.user.id],
    ])
    const back = await change(note, { body: versions[2]?.body, version: 5 })
    expect(back.body).toMatchObject({ version: 6, text: 'One, two, three' })
    expect((await told(lead))[0]?.body).toBe('One, two, three')
    const log = await owner.call<Items<AuditEntry>>('GET', `/organizations/current/audit-log?limit=50`)
    const entries = log.body.items.filter(
      ({ action, record_id }) => action === 'note.updated' && record_id === lead.id,
    )
    expect(entries.map(({ after }) => after?.['text'])).toEqual([
      'One, two, three',
      'Later words',
      'Other words',
    ])
  })

  test('that was changed since is refused by version with how it is; the same words are no change', async () => {
    const note = await aNote(await aLead())
    await change(note, { body: lines('Newer'), version: 1 })
    const stale = await change<Problem>(note, { body: lines('Older'), version: 1 })
    expect(stale).toMatchObject({
      status: 409,
      body: { code: 'version_conflict', conflicts: ['body'], current: { text: 'Newer', version: 2 } },
    })
    expect((await change(note, { body: lines('Newer'), version: 1 })).body.version).toBe(2)
  })

  test('by two at once takes one of them', async () => {
    const note = await aNote(await aLead())
    const answers = await Promise.all(
      ['A', 'B', 'C', 'D'].map((words) => change(note, { body: lines(words), version: 1 })),
    )
    expect(answers.map(({ status }) => status).toSorted((one, other) => one - other)).toEqual([
      200, 409, 409, 409,
    ])
  })
})

describe('in the trash a note', () => {
  test('is in no list and tells nothing on the timeline, until it is restored', async () => {
    const lead = await aLead()
    const note = await aNote(lead)
    expect((await owner.call('DELETE', `/crm/notes/${note.id}`)).status).toBe(204)
    expect((await owner.call('DELETE', `/crm/notes/${note.id}`)).status).toBe(204)
    expect((await notesOf(lead)).items).toEqual([])
    expect((await notesOf(lead, '&trashed=true')).items.map(({ id }) => id)).toEqual([note.id])
    expect(await told(lead)).toMatchObject([{ body: null, data: { what: 'trashed' } }])
    expect((await change<Problem>(note, { body: lines('x') })).body.code).toBe('note_in_trash')
    const back = await owner.call<Note>('POST', `/crm/notes/${note.id}/restore`)
    expect(back.body).toMatchObject({ deleted_at: null, text: 'Likes tea' })
    expect((await told(lead))[0]?.body).toBe('Likes tea')
  })
})

describe('who may', () => {
  test('read the record reads its notes, who may change it writes them, and each changes their own', async () => {
    const [sales, other, viewer] = await Promise.all([
      app.join(owner, 'sales'),
      app.join(owner, 'sales'),
      app.join(owner, 'viewer'),
    ])
    const lead = await aLead()
    const note = await aNote(lead, lines('By sales'), sales)
    const read = async (by: Caller) => (await notesOf(lead, '', by)).items[0]
    expect(await read(sales)).toMatchObject({ can: { update: true, pin: true } })
    expect(await read(other)).toMatchObject({ can: { update: false, pin: true } })
    expect(await read(viewer)).toMatchObject({ can: { update: false, pin: false } })
    expect((await write(lead, lines('x'), viewer)).status).toBe(403)
    expect((await change<Problem>(note, { body: lines('x') }, other)).body.code).toBe('not_your_note')
    expect((await other.call<Problem>('DELETE', `/crm/notes/${note.id}`)).body.code).toBe('not_your_note')
    expect((await change(note, { pinned: true }, other)).status).toBe(200)
    // Who may delete the record tidies it up.
    expect((await change(note, { body: lines('Tidied') })).status).toBe(200)
  })

  test('not read the record finds neither the note nor that there is one', async () => {
    const near = await joinWith(app, owner, {
      grants: { ...roleGrants.sales, 'leads:read': 'own', 'leads:update': 'own' },
    })
    const note = await aNote(await aLead())
    for (const [method, path, body] of [
      ['GET', '', undefined],
      ['GET', '/versions', undefined],
      ['PATCH', '', { pinned: true }],
      ['DELETE', '', undefined],
      ['POST', '/restore', undefined],
    ] as const) {
      const answer = await near.call<Problem>(method, `/crm/notes/${note.id}${path}`, body ? { body } : {})
      expect([answer.status, answer.body.code], `${method} ${path}`).toEqual([404, 'note_not_found'])
    }
    const listed = await near.call<Problem>('GET', `/crm/notes?object=lead&record_id=${note.record.id}`)
    expect(listed.status).toBe(404)
  })

  test('nobody writes on a record in the trash', async () => {
    const lead = await aLead()
    const note = await aNote(lead)
    await owner.call('DELETE', `/crm/leads/${lead.id}`)
    expect((await write<Problem>(lead, lines('x'))).body.code).toBe('lead_in_trash')
    expect((await change<Problem>(note, { body: lines('x') })).body.code).toBe('lead_in_trash')
    expect((await notesOf(lead)).items[0]?.can).toEqual({ update: false, pin: false })
  })
})

describe('what a note names', () => {
  const mention = (id: string): NoteNode => ({ type: 'mention', attrs: { id } })
  const recordLink = (object: string, id: string): NoteNode => ({ type: 'recordLink', attrs: { object, id } })

  test('is told by its name of now, and only to who may know it', async () => {
    const near = await joinWith(app, owner, {
      grants: { ...roleGrants.sales, 'deals:read': 'own', 'deals:update': 'own' },
    })
    const lead = await aLead()
    const other = await aLead({ full_name: 'Mary' })
    const deal = await owner.call<Deal>('POST', '/crm/deals', { body: { name: 'Secret takeover' } })
    const note = await aNote(
      lead,
      doc(
        paragraph(
          text('Ask '),
          mention(near.session.user.id),
          text(' about '),
          recordLink('deal', deal.body.id),
          text(' and '),
          recordLink('lead', other.id),
        ),
      ),
    )
    expect(note.text).toBe('Ask @… about #… and #…')
    expect(note.people).toEqual([{ id: near.session.user.id, name: near.session.user.full_name }])
    expect(new Map(note.records.map(({ id, title }) => [id, title]))).toEqual(
      new Map([
        [deal.body.id, 'Secret takeover'],
        [other.id, 'Mary'],
      ]),
    )
    await owner.call('PATCH', `/crm/leads/${other.id}`, { body: { full_name: 'Mary Ann' } })
    const seen = await near.call<Note>('GET', `/crm/notes/${note.id}`)
    expect(seen.body.records).toEqual([{ object: 'lead', id: other.id, title: 'Mary Ann' }])
    for (const path of [
      `/crm/notes/${note.id}`,
      `/crm/notes/${note.id}/versions`,
      `/crm/leads/${lead.id}/timeline`,
    ])
      expect((await near.call('GET', path)).text, path).not.toContain('takeover')
  })

  test('tells the mentioned member, nobody else, and not who may not read the record', async () => {
    const url = await app.listen()
    const [asked, bystander, stranger] = await Promise.all([
      app.join(owner, 'sales'),
      app.join(owner, 'admin'),
      joinWith(app, owner, { grants: { ...roleGrants.sales, 'leads:read': 'own', 'leads:update': 'own' } }),
    ])
    const heard = new Map<string, RapportEvent[]>()
    const sockets = await Promise.all(
      [asked, bystander, stranger].map(async ({ session }) => {
        const events: RapportEvent[] = []
        heard.set(session.user.id, events)
        let ready = false
        const socket = connectRealtime({
          url,
          organization_id: session.organization.id,
          token: () => session.access_token,
          onEvent: (event) => void events.push(event),
          onReady: () => void (ready = true),
        })
        await vi.waitFor(() => expect(ready).toBe(true), { timeout: 5_000 })
        return socket
      }),
    )
    const mentions = (by: Caller) =>
      (heard.get(by.session.user.id) ?? []).filter(({ type }) => type === 'note.mentioned')
    const lead = await aLead()
    const both = [mention(asked.session.user.id), mention(stranger.session.user.id)]
    const note = await aNote(lead, doc(paragraph(text('Look: '), ...both)))
    await vi.waitFor(() => expect(mentions(asked)).toHaveLength(1), { timeout: 5_000 })
    expect(mentions(asked)[0]).toMatchObject({
      record: { object: 'note', id: note.id },
      data: { record: { object: 'lead', id: lead.id }, by_id: owner.session.user.id },
    })
    // Who is named already is not told again.
    await change(note, { body: doc(paragraph(text('Look here: '), ...both)) })
    const last = await aNote(lead, doc(paragraph(...both)))
    await vi.waitFor(
      () => expect(mentions(asked).map(({ record }) => record.id)).toEqual([note.id, last.id]),
      {
        timeout: 5_000,
      },
    )
    expect(mentions(bystander)).toEqual([])
    expect(mentions(stranger)).toEqual([])
    for (const socket of sockets) socket.close()
  })
})
