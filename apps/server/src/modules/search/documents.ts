/** The table that search looks through. It lies outside row-level security: every statement here names the organization. */
import { sql, type RawBuilder, type SqlBool } from 'kysely'
import type { Permission } from '@rapport/contracts'
import { ownersInReach, type Actor } from '../../platform/actor.ts'
import type { Match } from '../../platform/lists/index.ts'
import type { Ctx, TenantTx } from '../../platform/tenancy.ts'
import { documentVector, matchQuery, wordsOf } from './words.ts'

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
  /** ISO code of the country as of which its phone numbers are read, before the organization's own. */
  country: string | null
}

/** Makes records findable, or renews what is known of them, in the transaction that writes them. */
export async function indexRecords(
  { tx, actor }: Pick<Ctx, 'tx' | 'actor'>,
  documents: SearchDocument[],
): Promise<void> {
  const { organization_id } = actor
  const rows = documents.map(({ object, id, owner_id, title, subtitle, country, ...words }) => ({
    object,
    record_id: id,
    owner_id,
    title,
    subtitle,
    words: documentVector(organization_id, { title, ...words, countries: [country, actor.country] }),
  }))
  await sql`
    INSERT INTO search_documents AS s (organization_id, object, record_id, owner_id, title, subtitle, words)
    SELECT ${organization_id}::uuid, d.object, d.record_id, d.owner_id, d.title, d.subtitle, d.words::tsvector
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      AS d (object text, record_id uuid, owner_id uuid, title text, subtitle text, words text)
    ON CONFLICT (organization_id, object, record_id) DO UPDATE
      SET owner_id = excluded.owner_id, title = excluded.title, subtitle = excluded.subtitle, words = excluded.words`.execute(
    tx,
  )
}

export async function removeRecords(
  tx: TenantTx,
  organization_id: string,
  object: string,
  ids: string[],
): Promise<void> {
  await tx
    .deleteFrom('search_documents')
    .where('organization_id', '=', organization_id)
    .where('object', '=', object)
    .where('record_id', 'in', ids)
    .execute()
}

/** Which records of one object match `q` for this actor, for the lists of that object. */
export function matchClause(actor: Actor, object: string, permission: Permission, q: string): Match | null {
  if (q.trim() === '') return null
  const query = matchQuery(actor.organization_id, q, actor.country)
  const found = query === null ? sql`false` : sql`s.words @@ ${query}::tsquery`
  return {
    from: sql`search_documents s`,
    where: sql<SqlBool>`s.organization_id = ${actor.organization_id}::uuid AND s.object = ${object}
      AND ${found} ${ownClause(actor, permission)}`,
    broad: wordsOf(q).every((word) => word.length <= 2),
  }
}

export function ownClause(actor: Actor, permission: Permission): RawBuilder<unknown> {
  const owners = ownersInReach(actor, permission)
  return owners === 'all' ? sql`` : sql`AND s.owner_id = ANY(${owners}::uuid[])`
}
