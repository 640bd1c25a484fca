/**
 * Search for roles from whom a searchable field is hidden. The search table knows by which words a record is found,
 * but not in which field each of them stands, so what it finds is held once more against the fields that the role
 * sees: a record whose hidden e-mail address matches must not come up.
 */
import { sql, type RawBuilder, type SqlBool } from 'kysely'
import type { RecordDescription, StoredField } from './description.ts'
import { folded } from './filter-sql.ts'

const searchedOf = (records: RecordDescription) =>
  [...records.fields.values()].filter((field) => field.searchable)

const fold = (text: string) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()

/** @param seen the records as the role sees them; null when it may search all that can be searched. */
export function seenMatch(
  records: RecordDescription,
  seen: RecordDescription,
  q: string,
): RawBuilder<SqlBool> | null {
  const fields = searchedOf(seen)
  if (fields.length === searchedOf(records).length) return null
  const text = textOf(fields)
  const phones = fields.filter((field) => field.type === 'phone')
  const holds = chunksOf(q).map((chunk) => holdsChunk(chunk, text, phones))
  return holds.length === 0 ? sql<SqlBool>`false` : sql<SqlBool>`(${sql.join(holds, sql` AND `)})`
}

/** All that the role may search, as one text without case and accents. */
export function textOf(fields: readonly StoredField[]): RawBuilder<string> {
  if (fields.length === 0) return sql<string>`''`
  const columns = sql.join(fields.map((field) => sql.ref(`r.${field.column}`)))
  return folded(sql`concat_ws(' ', ${columns})`)
}

function holdsChunk(
  chunk: string,
  text: RawBuilder<string>,
  phones: readonly StoredField[],
): RawBuilder<SqlBool> {
  const words = fold(chunk).match(/[\p{L}\p{N}]+/gu) ?? []
  const inText = words.map((word) => sql`strpos(${text}, ${word}) > 0`)
  const asText = inText.length === 0 ? sql`true` : sql`(${sql.join(inText, sql` AND `)})`
  const digits = /\p{L}/u.test(chunk) ? '' : chunk.replace(/\D/g, '').replace(/^0+/, '')
  if (digits.length < 3 || phones.length === 0) return sql<SqlBool>`${asText}`
  const asPhone = phones.map((field) => {
    const dialled = sql`regexp_replace(${sql.ref(`r.${field.column}`)}, '[^0-9]', '', 'g')`
    return sql`coalesce(strpos(${dialled}, ${digits}) > 0, false)`
  })
  return sql<SqlBool>`(${sql.join([asText, ...asPhone], sql` OR `)})`
}

/** Words, with the pieces of a number as one: `06 28 23`. */
function chunksOf(q: string): string[] {
  const chunks: string[] = []
  let isNumber = false
  for (const word of q.trim().split(/\s+/).filter(Boolean)) {
    const isPiece = /^[+()\d./-]+$/.test(word) && /\d/.test(word)
    if (isPiece && isNumber) chunks.push(`${chunks.pop() ?? ''} ${word}`)
    else chunks.push(word)
    isNumber = isPiece
  }
  return chunks
}
