/** A workbook with several sheets: one is proposed, any can be chosen, and nothing of the others stays behind. */
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { ImportUpload, Lead, PrivacyRequest } from '@rapport/contracts'
import { Client } from 'pg'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createTestApp, type Caller, type TestApp } from '../../testing/app.ts'
import { allLeads, ended, start, uploadOf } from './imports.fixture.ts'
import { bookOf } from '../../testing/workbooks.ts'

let house: TestApp
let owner: Caller
beforeAll(async () => void (house = await createTestApp()))
afterAll(() => house?.stop())
beforeEach(async () => void (owner = await house.register()))

const cover = { name: 'About', rows: [['Our export'], ['of March']] }
const people = {
  name: 'People',
  rows: [
    ['name', 'email'],
    ['Ana', 'ana@example.com'],
  ],
}
const fair = {
  name: 'Fair',
  rows: [
    ['full name', 'city'],
    ['Bo', 'Rio'],
    ['Cy', 'Lima'],
  ],
}
const lists = { name: 'Lists', rows: [['yes'], ['no']], hidden: true }

async function uploaded(sheets: Parameters<typeof bookOf>[0]): Promise<ImportUpload> {
  const { body, status, text } = await uploadOf(owner, 'lead', await bookOf(sheets), 'book.xlsx')
  expect(status, text).toBe(201)
  return body
}
const read = (id: string, body: object) =>
  owner.call<ImportUpload>('POST', `/crm/imports/${id}/reading`, { body })

/** Of the organization, in storage. */
async function filesKept(): Promise<string[]> {
  const folder = join(
    house.app.platform.environment.dataDir,
    'files',
    owner.session.organization.id,
    'imports',
  )
  return (await readdir(folder)).toSorted()
}

describe('a workbook with several sheets', () => {
  it('proposes the first that is a table, and brings in the one that is chosen', async () => {
    const book = await uploaded([cover, people, fair, lists])
    expect(book.reading).toMatchObject({ sheet: 'People', sheets: ['About', 'People', 'Fair'] })
    expect(book).toMatchObject({ total: 1, guessed_mapping: { name: 'full_name', email: 'email' } })
    const chosen = await read(book.id, { sheet: 'Fair' })
    expect(chosen.body).toMatchObject({
      total: 2,
      reading: { sheet: 'Fair', sheets: ['About', 'People', 'Fair'] },
      guessed_mapping: { 'full name': 'full_name', city: 'city' },
    })
    expect((await owner.call('GET', `/crm/imports/${book.id}`)).body).toMatchObject({
      total: 2,
      reading: { sheet: 'Fair' },
    })
    await start(owner, chosen.body)
    expect(await ended(owner, book.id)).toMatchObject({ state: 'completed', created: 2 })
    expect((await allLeads(owner)).map(({ full_name }) => full_name).toSorted()).toEqual(['Bo', 'Cy'])
    // What has served is removed a moment after the end.
    await expect.poll(filesKept, { timeout: 10_000 }).toEqual([])
  })

  it('offers hidden ones where nothing else has rows', async () => {
    const { reading } = await uploaded([{ name: 'Empty', rows: [] }, { ...people, hidden: true }, lists])
    expect(reading).toMatchObject({ sheet: 'People', sheets: ['People', 'Lists'] })
  })

  it('is not hindered by one that cannot be read, which says why when it is chosen', async () => {
    const broken = { name: 'Broken', rows: '<worksheet><sheetData><row></c>' }
    const book = await uploaded([broken, people])
    expect(book.reading).toMatchObject({ sheet: 'People', sheets: ['Broken', 'People'] })
    const refused = await read(book.id, { sheet: 'Broken' })
    expect(refused).toMatchObject({
      status: 422,
      body: { errors: [{ path: 'sheet', code: 'sheet_unreadable' }] },
    })
    expect(refused.text).toContain('cannot be read')
    const { status } = await uploadOf(owner, 'lead', await bookOf([broken]), 'book.xlsx')
    expect(status).toBe(422)
    expect(await filesKept()).toHaveLength(1)
  })

  it('refuses sheets that it has not, and readings that a workbook does not need', async () => {
    const { id } = await uploaded([people, { ...fair, name: 'People' }])
    for (const [body, path] of [
      [{ sheet: 'Nobody' }, 'sheet'],
      [{ encoding: 'utf-8' }, 'encoding'],
    ] as const)
      expect(await read(id, body)).toMatchObject({ status: 422, body: { errors: [{ path }] } })
    expect((await read(id, { sheet: 'People (2)' })).body).toMatchObject({ total: 2 })
    const { body: csv } = await uploadOf(owner, 'lead', 'name,email\nAna,a@example.com\n')
    expect(csv.reading).toMatchObject({ sheet: null, sheets: [] })
    expect((await read(csv.id, { sheet: 'People' })).status).toBe(422)
  })

  it('leaves no file behind where the import cannot be kept', async () => {
    await uploaded([people])
    const admin = new Client({ connectionString: house.adminUrl })
    await admin.connect()
    await admin.query("ALTER TABLE imports ADD CONSTRAINT refused CHECK (file_name <> 'refused.xlsx')")
    const { status } = await uploadOf(owner, 'lead', await bookOf([people, fair]), 'refused.xlsx')
    await admin.query('ALTER TABLE imports DROP CONSTRAINT refused')
    await admin.end()
    expect(status).toBe(500)
    expect(await filesKept()).toHaveLength(1)
  })

  it('leaves nothing of somebody who is erased, also where another sheet was chosen', async () => {
    const { id } = await uploaded([fair, people])
    expect(await filesKept()).toHaveLength(2)
    const lead = await owner.call<Lead>('POST', '/crm/leads', {
      body: { full_name: 'Ana', email: 'ana@example.com' },
    })
    const asked = { kind: 'person_erasure', object: 'lead', record_ids: [lead.body.id], reason: 'Asked' }
    const request = await owner.call<PrivacyRequest>('POST', '/privacy/requests', { body: asked })
    await expect
      .poll(
        async () =>
          (await owner.call<PrivacyRequest>('GET', `/privacy/requests/${request.body.id}`)).body.state,
        { timeout: 15_000 },
      )
      .toBe('completed')
    expect(await filesKept()).toEqual([])
    expect((await owner.call('GET', `/crm/imports/${id}`)).body).toMatchObject({ state: 'cancelled' })
  })
})
