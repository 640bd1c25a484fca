/** What every step of the example needs: the client, the files, and patience with rate limits. */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createRapport, RapportProblem } from '@rapport/sdk'
import { parse } from 'csv-parse/sync'

export const { RAPPORT_URL: baseUrl = 'http://localhost:3000' } = process.env
const { RAPPORT_API_KEY: key } = process.env
const [folder = ''] = process.argv.slice(2)
if (!key || !folder) throw new Error('Usage: RAPPORT_API_KEY=… node examples/maven/<step>.ts <folder>')

/** Whoever asks too much waits as long as the answer says. */
async function fetchPatiently(...asked: Parameters<typeof fetch>): Promise<Response> {
  for (;;) {
    const answer = await fetch(...asked)
    if (answer.status !== 429) return answer
    const wait_s = Number(answer.headers.get('retry-after') ?? 5)
    await new Promise((resolve) => setTimeout(resolve, wait_s * 1000))
  }
}

export const rapport = createRapport({ baseUrl, token: () => key, fetch: fetchPatiently })
export { fetchPatiently, RapportProblem }

export async function readRows<Row>(file: string): Promise<Row[]> {
  const text = await readFile(join(folder, file), 'utf8')
  return parse(text, { columns: true, trim: true, bom: true }) as unknown as Row[]
}

/** By what a record goes in the files, so that a second run finds it again. */
export const externalId = (name: string) => `maven:${name}`

type Page<Item> = { items: Item[]; next_cursor: string | null }

/** All pages of a list. */
export async function readAll<Item>(
  list: (cursor: string | undefined) => Promise<Page<Item>>,
): Promise<Item[]> {
  const found: Item[] = []
  for (let cursor: string | undefined; ;) {
    const { items, next_cursor } = await list(cursor)
    found.push(...items)
    if (next_cursor === null) return found
    cursor = next_cursor
  }
}

/** The filter of everything that this example made. */
export const ofMaven = JSON.stringify({ field: 'external_id', op: 'starts_with', value: externalId('') })

/** Does the work for all items, a few at a time. */
export async function forAll<Item>(
  items: readonly Item[],
  work: (item: Item) => Promise<void>,
): Promise<void> {
  const left = items.values()
  const workers = Array.from({ length: 8 }, async () => {
    for (const item of left) await work(item)
  })
  await Promise.all(workers)
}
