/** Writes what search knows of records: one document each, and a row for every word that leads to it. */
import { sql } from 'kysely'
import { createBreath } from '../../platform/breathing.ts'
import type { Ctx, TenantTx } from '../../platform/tenancy.ts'
import { textArray } from '../../platform/text-array.ts'
import { learnWords } from './near.ts'
import { documentText, documentWords, marksOf } from './words.ts'

export type SearchDocument = {
  object: string
  id: string
  owner_id: string | null
  title: string
  subtitle: string | null
  /** Further texts that it is found by. */
  texts: readonly (string | null)[]
  emails: readonly (string | null)[]
  phones: readonly (string | null)[]
  urls?: readonly (string | null)[]
  /** The record beside which it stands, as a note does: it is found by whoever may read that. */
  of?: { object: string; id: string }
  /** ISO code of the country as of which its phone numbers are read, before the organization's own. */
  country: string | null
}

type Writer = Pick<Ctx, 'tx' | 'actor'>

/** Makes new records findable, in the transaction that writes them. */
export const indexNewRecords = (ctx: Writer, documents: SearchDocument[]): Promise<void> =>
  writeDocuments(ctx, documents, false)

/** Renews what is known of records, or makes them findable again. */
export const indexRecords = (ctx: Writer, documents: SearchDocument[]): Promise<void> =>
  writeDocuments(ctx, documents, true)

export async function removeRecords(
  tx: TenantTx,
  organization_id: string,
  object: string,
  ids: string[],
): Promise<void> {
  // Their documents hold all the words that lead to them.
  await sql`
    DELETE FROM search_words s USING (
      SELECT DISTINCT d.record_id, d.object || ' ' || w.word AS word FROM search_documents d
      CROSS JOIN LATERAL unnest(string_to_array(trim(BOTH '|' FROM d.words), '|')) w (word)
      WHERE d.organization_id = ${organization_id}::uuid AND d.object = ${object} AND d.record_id = ANY(${ids}::uuid[])) gone
    WHERE s.organization_id = ${organization_id}::uuid AND s.word = gone.word AND s.record_id = gone.record_id`.execute(
    tx,
  )
  await tx
    .deleteFrom('search_documents')
    .where('organization_id', '=', organization_id)
    .where('object', '=', object)
    .where('record_id', 'in', ids)
    .execute()
}

type Entry = SearchDocument & {
  /** The words that lead to it, with which its text begins. */
  words: readonly string[]
  text: string
  marks: string
}

export function entryOf(document: SearchDocument, country: string | null): Entry {
  const { listed, others } = documentWords({ ...document, countries: [document.country, country] })
  return {
    ...document,
    words: listed,
    text: documentText({ listed, others }),
    marks: marksOf(listed, others).toString(),
  }
}

/** One call for any number: it finds its plans made, and words travel in the text of their document. */
async function writeDocuments(
  { tx, actor }: Writer,
  documents: SearchDocument[],
  known: boolean,
): Promise<void> {
  const breathe = createBreath()
  const entries: Entry[] = []
  for (const document of documents) {
    await breathe()
    entries.push(entryOf(document, actor.country))
  }
  const each = (pick: (entry: Entry) => string | null) => textArray(entries.map(pick))
  const written =
    sql`SELECT search_write(${actor.organization_id}::uuid, ${each((entry) => entry.object)}::text[],
    ${each((entry) => entry.id)}::uuid[], ${each((entry) => entry.owner_id)}::uuid[], ${each((entry) => entry.title)}::text[],
    ${each((entry) => entry.subtitle)}::text[], ${each((entry) => entry.text)}::text[],
    ${each((entry) => entry.of?.object ?? null)}::text[], ${each((entry) => entry.of?.id ?? null)}::uuid[],
    ${each((entry) => entry.marks)}::bigint[], ${each((entry) => String(entry.words.length))}::int[], ${known})`.execute(
      tx,
    )
  await Promise.all([written, learnWords({ tx, actor }, entries)])
}
