/**
 * Brings a file in through the same calls as the wizard: the guessed mapping is taken as it is, and each column that
 * has no field gets the one that is suggested. Then every sum of the file is held against the records.
 */
import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { createRapport } from '@rapport/sdk'
import { parse } from 'csv-parse/sync'

const { RAPPORT_URL: baseUrl = 'http://localhost:3000', RAPPORT_API_KEY: key } = process.env
const [object = '', path = '', group = ''] = process.argv.slice(2)
if (!key || !path)
  throw new Error(
    'Usage: RAPPORT_API_KEY=… node examples/imports/compare.ts <object> <file.csv> [column to group by]',
  )
const rapport = createRapport({ baseUrl, token: () => key, fetch: fetchPatiently })

async function fetchPatiently(...asked: Parameters<typeof fetch>): Promise<Response> {
  for (;;) {
    const answer = await fetch(...asked)
    if (answer.status !== 429) return answer
    await pause(Number(answer.headers.get('retry-after') ?? 5) * 1000)
  }
}

type Found = Record<string, unknown> & { id: string; created_at: string; custom: Record<string, unknown> }
type Page = { items: unknown[]; next_cursor: string | null }
type Lists = {
  list: (asked: { query: { limit: number; cursor?: string | undefined; sort: string } }) => Promise<Page>
}
const lists: Record<string, Lists> = {
  lead: rapport.leads,
  contact: rapport.contacts,
  company: rapport.companies,
  deal: rapport.deals,
  product: rapport.products,
}

async function readAll(): Promise<Map<string, Found>> {
  const found = new Map<string, Found>()
  for (let cursor: string | undefined; ;) {
    const page = await lists[object]?.list({ query: { limit: 200, cursor, sort: 'id' } })
    if (!page) throw new Error(`There are no records of the kind ${object}.`)
    for (const item of page.items as Found[]) found.set(item.id, item)
    if (page.next_cursor === null) return found
    cursor = page.next_cursor
  }
}

const before = await readAll()
const bytes = await readFile(path)
const uploaded = await rapport.imports.upload({
  body: { object },
  file: new File([bytes], basename(path), { type: 'text/csv' }),
})
const mapping = uploaded.guessed_mapping
const known = new Set(
  (await rapport.customFields.list()).items.filter((one) => one.object === object).map((one) => one.key),
)
for (const { name, suggested_field } of uploaded.columns) {
  const target = mapping[name] ?? ''
  const field = target.startsWith('custom.') ? suggested_field : null
  const field_key = target.slice('custom.'.length)
  if (!field || known.has(field_key)) continue
  const { label, type, options } = field
  await rapport.customFields.create({
    body: { object, key: field_key, label, type, ...(options.length > 0 ? { options } : {}) },
  })
}
const params = { id: uploaded.id }
const check = await rapport.imports.validate({ params, body: { mapping } })
console.log(mapping)
console.log({ ...check, errors: check.errors.slice(0, 5) })
await rapport.imports.start({ params, body: { mapping } })
let ended = await rapport.imports.get({ params })
while (ended.state === 'running') {
  await pause(500)
  ended = await rapport.imports.get({ params })
}
console.log(`${ended.state}: ${ended.created} made, ${ended.failed} failed ${ended.problem ?? ''}`)

const rows = parse(bytes, { columns: true, trim: true, bom: true }) as unknown as Record<string, string>[]
const records = [...(await readAll()).values()].filter(({ id }) => !before.has(id))
const told = (record: Found, column: string): unknown => {
  const target = mapping[column] ?? ''
  return target.startsWith('custom.') ? record.custom[target.slice('custom.'.length)] : record[target]
}

let wrong = records.length === rows.length ? 0 : 1
console.log(`${rows.length} rows in the file, ${records.length} records`)

/** Sums to the cent, so that the order of adding plays no part. */
const add = (sums: Map<string, number>, name: string, value: unknown) =>
  sums.set(name, (sums.get(name) ?? 0) + Math.round(Number(value) * 10_000))

for (const column of Object.keys(rows[0] ?? {})) {
  const values = rows.map((row) => row[column] ?? '')
  const filled = values.filter((value) => value !== '')
  const there = records.filter((record) => (told(record, column) ?? '') !== '')
  const isNumeric = filled.length > 0 && filled.every((value) => /^-?\d+(\.\d+)?$/.test(value))
  if (mapping[column] === null || mapping[column] === 'first_name' || mapping[column] === 'last_name')
    continue
  const isNamed = mapping[column] === 'full_name' || mapping[column] === 'name'
  const missing = isNamed ? 0 : filled.length - there.length
  let differing = 0
  if (isNumeric) {
    const [expected, found] = [new Map<string, number>(), new Map<string, number>()]
    for (const row of rows) add(expected, group === '' ? '' : (row[group] ?? ''), row[column] || 0)
    for (const record of records) {
      const value = told(record, column)
      add(found, group === '' ? '' : String(told(record, group) ?? ''), value === true ? 1 : value || 0)
    }
    differing = [...expected].filter(([name, sum]) => found.get(name) !== sum).length
    const total = [...expected.values()].reduce((sum, one) => sum + one, 0) / 10_000
    console.log(`${column}: sum ${total.toLocaleString('en')}, ${expected.size} groups, ${differing} differ`)
  }
  if (missing !== 0)
    console.log(`${column}: ${filled.length} values in the file, ${there.length} in the records`)
  wrong += differing + (missing === 0 ? 0 : 1)
}
process.exitCode = wrong > 0 ? 1 : 0
