/** COPY of what an import brings in: rows a second into leads alone, and with the tables in which search keeps its index. */
import { randomUUID } from 'node:crypto'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import pg from 'pg'
import { from as copyFrom } from 'pg-copy-streams'
import { newRank } from '../../../apps/server/src/modules/staged/index.ts'
import type { Bench } from '../bench.ts'
import { searchColumns, searchLinesOf } from '../seed/fill.ts'
import { custom, fields, type Row } from './import-rows.ts'

/** Of as many rows together: one by one they would keep the sender busy and not the database. */
const copiedTogether = 200

/**
 * The same values, as the import writes them, into the same columns. Rolled back after it was measured and cleared
 * away, so that the import meets the same table.
 */
export async function copyRows(
  { database, organization, logIn }: Bench,
  rows: Row[],
): Promise<{ leads: number; searched: number }> {
  const { user_id } = await logIn()
  const client = new pg.Client({ connectionString: database.adminUrl })
  await client.connect()
  try {
    const ids = await client.query<{ id: string }>('SELECT uuidv7() AS id FROM generate_series(1, $1)', [
      rows.length,
    ])
    const [stage] = organization.stages
    const now = Date.now()
    const import_id = randomUUID()
    const lineOf = (row: Row, place: number, id: string) =>
      [
        organization.id,
        id,
        ...fields.map((name) => (name === 'estimated_value' ? `${row[name]}0000` : row[name])),
        organization.pipeline_id,
        stage?.id,
        newRank(BigInt(now) * 1000n + BigInt(place)),
        organization.currency,
        JSON.stringify(Object.fromEntries(custom.map((name) => [name, row[name]]))),
        import_id,
        `${user_id}\n`,
      ].join('\t')
    // As bytes: a million rows and what search keeps of them are more than a heap holds.
    const pieces: Record<'leads' | 'documents' | 'words', Buffer[]> = { leads: [], documents: [], words: [] }
    for (let from = 0; from < rows.length; from += copiedTogether) {
      let [leads, documents, words] = ['', '', '']
      for (const [at, row] of rows.slice(from, from + copiedTogether).entries()) {
        const id = ids.rows[from + at]?.id ?? ''
        const searched = { ...row, id, owner_id: null, country: organization.country }
        const found = searchLinesOf(organization, searched)
        leads += lineOf(row, from + at, id)
        documents += found.document
        words += found.words
      }
      pieces.leads.push(Buffer.from(leads))
      pieces.documents.push(Buffer.from(documents))
      pieces.words.push(Buffer.from(words))
    }
    /** Seconds. */
    const copy = async (table: string, columns: readonly string[], all: readonly Buffer[]) => {
      const started = performance.now()
      await pipeline(
        Readable.from(all),
        client.query(copyFrom(`COPY ${table} (${columns.join()}) FROM STDIN`)),
      )
      return (performance.now() - started) / 1000
    }
    await client.query('BEGIN')
    const columns = [
      'organization_id',
      'id',
      ...fields,
      'pipeline_id',
      'stage_id',
      'rank',
      'currency',
      'custom',
      'import_id',
      'created_by',
    ]
    const leads = await copy('leads', columns, pieces.leads)
    const documents = await copy('search_documents', searchColumns.search_documents, pieces.documents)
    const words = await copy('search_words', searchColumns.search_words, pieces.words)
    await client.query('ROLLBACK')
    for (const table of ['leads', ...Object.keys(searchColumns)]) await client.query(`VACUUM ${table}`)
    return { leads: rows.length / leads, searched: rows.length / (leads + documents + words) }
  } finally {
    await client.end()
  }
}
