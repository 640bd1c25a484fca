/** Files that no program should write: each is refused with a clear reason, or its rows are all accounted for. */
import type { ImportUpload, operations, Problem, ReplyOf } from '@rapport/contracts'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTestApp, type Caller, type TestApp } from '../../testing/app.ts'
import { bringIn, uploadOf } from './imports.fixture.ts'
import { partsOf, sheetXml, workbookOf, zipOf } from '../../testing/workbooks.ts'

type DryRun = ReplyOf<typeof operations.imports.validate>

let house: TestApp
let owner: Caller
beforeAll(async () => {
  house = await createTestApp()
  owner = await house.register()
})
afterAll(() => house?.stop())

const bytes = (...parts: (string | number[])[]) =>
  Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part) : Buffer.from(part))))

/** Refused with a reason that names the file, or rehearsed with every row counted. */
async function settle(file: Buffer, name: string): Promise<'refused' | 'counted'> {
  const { body, status, text } = await uploadOf<ImportUpload & Problem>(owner, 'lead', file, name)
  if (status !== 201) {
    expect([413, 415, 422], text).toContain(status)
    expect(body.errors?.[0]).toMatchObject({ path: 'file' })
    expect(body.detail.length).toBeGreaterThan(10)
    return 'refused'
  }
  const dry = await owner.call<DryRun>('POST', `/crm/imports/${body.id}/validate`, {
    body: { mapping: body.guessed_mapping },
  })
  // What has no column with a value has nothing to bring in.
  if (dry.status === 422) return 'counted'
  expect(dry.status, dry.text).toBe(200)
  const { total, new: made, update, duplicate, invalid } = dry.body
  expect(made + update + duplicate + invalid).toBe(total)
  expect(total).toBe(body.total)
  return 'counted'
}

const broken = fc.oneof(
  fc.uint8Array({ maxLength: 400 }).map((part) => Buffer.from(part)),
  fc
    .array(
      fc.constantFrom(
        'name',
        'email',
        ',',
        ';',
        '\t',
        '"',
        '""',
        '\n',
        '\r\n',
        '=1+1',
        'é',
        '\uFEFF',
        'sep=;',
        '\0',
        'a@x.com',
        '1.234,5',
      ),
      {
        maxLength: 60,
      },
    )
    .map((parts) => Buffer.from(parts.join(''))),
  fc
    .tuple(fc.string({ maxLength: 60 }), fc.uint8Array({ maxLength: 60 }))
    .map(([text, more]) =>
      bytes('name,email\n', text, [0xe9, 0xff], Buffer.from(more).toString('latin1'), '\n'),
    ),
)

describe('a malformed file', () => {
  it('of delimited text never fails without a reason, and loses no row', async () => {
    await fc.assert(
      fc.asyncProperty(broken, async (file) => {
        expect(['refused', 'counted']).toContain(await settle(file, 'people.csv'))
      }),
      { numRuns: 60, seed: 21 },
    )
  }, 180_000)

  it('that is a workbook cut off or changed anywhere is refused, or every row of it is counted', async () => {
    const rows = Array.from(
      { length: 30 },
      (_, at) => `<row><c t="str"><v>${at === 0 ? 'name' : `N${at}`}</v></c><c><v>${at}</v></c></row>`,
    )
    const whole = await workbookOf(rows.join(''))
    const places = fc.integer({ min: 4, max: whole.length - 1 })
    const spoilt = fc.oneof(
      places.map((end) => whole.subarray(0, end)),
      fc.tuple(places, fc.integer({ min: 0, max: 255 })).map(([at, byte]) => {
        const file = Buffer.from(whole)
        file[at] = byte
        return file
      }),
    )
    await fc.assert(
      fc.asyncProperty(spoilt, async (file) => {
        expect(['refused', 'counted']).toContain(await settle(file, 'people.xlsx'))
      }),
      { numRuns: 40, seed: 21 },
    )
  }, 180_000)

  it('that unpacks to far more than it is stays within bounds of memory', async () => {
    const row = `<row>${'<c t="str"><v>aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa</v></c>'.repeat(900)}</row>`
    const bomb = await zipOf(partsOf(sheetXml(row.repeat(1_500))))
    expect(bomb.length).toBeLessThan(1_000_000)
    const before = process.memoryUsage().rss
    const { status, body } = await uploadOf<ImportUpload>(owner, 'lead', bomb, 'bomb.xlsx')
    expect(status).toBe(201)
    expect(body.total).toBe(1_499)
    expect((process.memoryUsage().rss - before) / 1024 ** 2).toBeLessThan(300)
  }, 120_000)

  it('whose cells are formulas brings them in as the texts that they are', async () => {
    const run = await bringIn(owner, 'name,note\n=1+1,"=cmd|\' /C calc\'!A0"\n+SUM(A1),@x\n')
    expect(run).toMatchObject({ state: 'completed', created: 2, failed: 0 })
  })
})
