/**
 * Precision and recall of the finder on files whose true pairs are known: `node bench/src/duplicates.ts <file.csv> …`.
 * A column `rec_id` tells them, as `rec-7-org` and `rec-7-dup-0`; it becomes the external id, by which the finder compares
 * nothing. Each file goes through the import three times and once with the name alone.
 */
import { readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { sureScore } from '@rapport/contracts'
import { openAccount, type Account } from './chaos/account.ts'
import { ServerUnderFire } from './chaos/server.ts'

const { positionals: files } = parseArgs({ allowPositionals: true })
const truthColumn = 'rec_id'
const names = ['given_name', 'surname']
const sets: { title: string; columns: readonly string[] | null }[] = [
  { title: 'all columns', columns: null },
  {
    title: 'name and address',
    columns: [...names, 'street_number', 'address_1', 'address_2', 'suburb', 'postcode', 'state'],
  },
  { title: 'name and place', columns: [...names, 'suburb', 'postcode', 'state'] },
  { title: 'name alone', columns: names },
]

type Pair = { ids: [string, string]; score: number }

async function main(): Promise<void> {
  if (files.length === 0) throw new Error('Name at least one CSV file with the column rec_id.')
  const server = await ServerUnderFire.create()
  try {
    await server.ensureHealthy()
    for (const file of files)
      for (const { title, columns } of sets) {
        const account = await openAccount(server.url)
        await importFile(server.url, account, file, columns)
        const seconds = await scan(account)
        const listed = performance.now()
        const pairs = await listPairs(account)
        const reading = ((performance.now() - listed) / 1000).toFixed(1)
        const found = tell(basename(file), title, await ownersOf(account), pairs)
        console.log(`${found} in ${seconds.toFixed(1)} s, their ${pairs.length} pairs read in ${reading} s`)
      }
  } finally {
    await server.remove()
  }
}

/** As the wizard does it: the guessed mapping, without the columns that are not to be used. */
async function importFile(url: string, account: Account, file: string, columns: readonly string[] | null) {
  const headers = {
    authorization: `Bearer ${await account.token()}`,
    'x-org-id': account.organization_id,
  }
  const form = new FormData()
  form.set('object', 'lead')
  form.set('file', new Blob([readFileSync(file)], { type: 'text/csv' }), basename(file))
  const answer = await fetch(`${url}/api/crm/imports`, { method: 'POST', headers, body: form })
  if (!answer.ok) throw new Error(`The file was refused: ${await answer.text()}`)
  const upload = (await answer.json()) as { id: string; guessed_mapping: Record<string, string | null> }
  const used = (name: string) => columns === null || columns.includes(name)
  const mapping = Object.fromEntries(
    Object.entries(upload.guessed_mapping).map(([name, field]) => [
      name,
      name.trim() === truthColumn ? 'external_id' : used(name.trim()) ? field : null,
    ]),
  )
  const { imports } = account.rapport
  await imports.start({ params: { id: upload.id }, body: { mapping, duplicate_policy: 'create' } })
  for (;;) {
    const { state, failed } = await imports.get({ params: { id: upload.id } })
    if (state === 'failed' || failed > 0) throw new Error(`The import ${state}, ${failed} rows were refused.`)
    if (state === 'completed') return
    await sleep(100)
  }
}

/** Answers the seconds from the wish to the end of the job. */
async function scan({ rapport }: Account): Promise<number> {
  const started = performance.now()
  const { job_id } = await rapport.duplicates.scan({ body: { object: 'lead' } })
  for (;;) {
    const { state, problem } = await rapport.jobs.get({ params: { id: job_id } })
    if (state === 'failed') throw new Error(`The scan failed: ${problem}`)
    if (state === 'completed') return (performance.now() - started) / 1000
    await sleep(50)
  }
}

async function listPairs({ rapport }: Account): Promise<Pair[]> {
  const pairs: Pair[] = []
  for (let cursor: string | undefined; ;) {
    const page = await rapport.duplicates.list({
      query: { object: 'lead', limit: 200, ...(cursor ? { cursor } : {}) },
    })
    pairs.push(...page.items)
    if (page.next_cursor === null) return pairs
    cursor = page.next_cursor
  }
}

/** Whose record each lead is. Batches are written side by side, so the order of the ids does not tell the row. */
async function ownersOf({ rapport }: Account): Promise<Map<string, string>> {
  const owners = new Map<string, string>()
  for (let cursor: string | undefined; ;) {
    const page = await rapport.leads.list({
      query: { limit: 200, fields: 'id,external_id', ...(cursor ? { cursor } : {}) },
    })
    for (const { id, external_id } of page.items) owners.set(id, external_id?.split('-')[1] ?? '')
    if (page.next_cursor === null) return owners
    cursor = page.next_cursor
  }
}

function tell(file: string, title: string, owners: Map<string, string>, pairs: readonly Pair[]) {
  const sizes = new Map<string, number>()
  for (const owner of owners.values()) sizes.set(owner, (sizes.get(owner) ?? 0) + 1)
  const all = [...sizes.values()].reduce((sum, size) => sum + (size * (size - 1)) / 2, 0)
  const isRight = ({ ids: [a, b] }: Pair) => owners.get(a) === owners.get(b)
  const right = pairs.filter(isRight).length
  const precision = right / Math.max(pairs.length, 1)
  const recall = right / Math.max(all, 1)
  const f1 = (2 * precision * recall) / (precision + recall || 1)
  const sure = pairs.filter(({ score }) => score >= sureScore)
  const figures = { precision, recall, f1 }
  const words = Object.entries(figures).map(([name, value]) => `${name} ${value.toFixed(4)}`)
  return `${file}, ${title}: ${words.join(', ')}; ${sure.length} sure, ${sure.filter(isRight).length} of them rightly; ${owners.size} records`
}

await main()
