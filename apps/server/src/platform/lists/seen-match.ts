/**
 * Search for roles from whom a searchable field is hidden. The search table knows by which words a record is found,
 * but not in which field each of them stands, so what it finds is held once more against the fields that the role
 * sees: a record whose hidden e-mail address matches must not come up, nor one that is found by the name of a
 * company which the caller may not read.
 */
import { sql, type RawBuilder, type SqlBool } from 'kysely'
import type { Actor } from '../actor.ts'
import { splitExtension } from '../phone-extension.ts'
import { seenBy, type RecordDescription, type StoredField } from './description.ts'
import { folded } from './filter-sql.ts'
import { ownValue } from './own-fields.ts'
import { reachesAll, relatedTitle, relationsOf } from './relations.ts'

const searchedOf = ({ fields, own }: RecordDescription) =>
  [...fields.values(), ...own.values()].filter((field) => field.searchable)

/** The records as somebody sees them from whom nothing is hidden. */
const unruled = (records: RecordDescription, { own_fields }: Actor) =>
  seenBy(records, { field_rules: {}, own_fields })

const fold = (text: string) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()

/** @param seen the records as the role sees them; null when it may search all that can be searched. */
export function seenMatch(
  records: RecordDescription,
  seen: RecordDescription,
  q: string,
  actor: Actor,
): RawBuilder<SqlBool> | null {
  const fields = searchedOf(seen)
  const related = relationsOf(seen).filter(({ field }) => field.searchable)
  const seesAll = related.every((relation) => reachesAll(relation, actor))
  if (seesAll && fields.length === searchedOf(unruled(records, actor)).length) return null
  const text = textOf(seen, actor)
  const phones = fields.filter((field) => field.type === 'phone' || field.type === 'phones')
  const holds = chunksOf(splitExtension(q).number).map((chunk) => holdsChunk(chunk, text, phones))
  return holds.length === 0 ? sql<SqlBool>`false` : sql<SqlBool>`(${sql.join(holds, sql` AND `)})`
}

/** All that the role may search, as one text without case and accents. */
export function textOf(seen: RecordDescription, actor: Actor): RawBuilder<string> {
  const plain = searchedOf(seen).filter((field) => field.type !== 'relation')
  const related = relationsOf(seen).filter(({ field }) => field.searchable)
  const parts = [...plain.map(fieldText), ...related.map((relation) => relatedTitle(relation, actor))]
  return parts.length === 0 ? sql<string>`''` : folded(sql`concat_ws(' ', ${sql.join(parts)})`)
}

function fieldText(field: StoredField): RawBuilder<unknown> {
  if (field.own) return sql`(${ownValue(field)})::text`
  const { column, stored } = field
  return stored === 'text[]' ? sql`array_to_string(${sql.ref(`r.${column}`)}, ' ')` : sql.ref(`r.${column}`)
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
    const dialled = digitsOf(field)
    return sql`coalesce(strpos(${dialled}, ${digits}) > 0, false)`
  })
  return sql<SqlBool>`(${sql.join([asText, ...asPhone], sql` OR `)})`
}

/** The numbers of a list stay apart. */
function digitsOf(field: StoredField): RawBuilder<string> {
  const value = field.own ? ownValue(field) : sql.ref(`r.${field.column}`)
  return field.stored === 'text[]'
    ? sql<string>`regexp_replace(array_to_string(${value}, ','), '[^0-9,]', '', 'g')`
    : sql<string>`regexp_replace(${value}, '[^0-9]', '', 'g')`
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
