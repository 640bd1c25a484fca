/**
 * The chain as the verification computes it: by statements of its own instead of append_audit(), so that a function
 * that was replaced in the database cannot vouch for itself. docs/decisions/0010-audit.md.
 */
import { createHash } from 'node:crypto'
import { sql, type RawBuilder } from 'kysely'
import type { SystemTx, TenantTx } from '../tenancy.ts'

export type Link = {
  seq: number
  hash: string
  /** SHA-256 of the row's canonical text. */
  digest: string
  /** The same if the row had the number before: what a row shows behind which another was slipped in. */
  digest_before: string
  content: Part
  actor: Part
  erases: { content: number[]; actor: number[] } | null
}
/** Whether the values are those of the digest; blank ones need an erasure that names them. */
type Part = 'intact' | 'blank' | 'altered'

/** What the first entry's hash covers in place of an entry before it: the organization's id. */
export const seedOf = (organization_id: string): string =>
  createHash('sha256')
    .update(Buffer.from(organization_id.replaceAll('-', ''), 'hex'))
    .digest('hex')

export const linkOf = (before: string, digest: string): string =>
  createHash('sha256')
    .update(Buffer.from(before + digest, 'hex'))
    .digest('hex')

const hex = (value: RawBuilder<unknown>) => sql`encode(${value}, 'hex')`
const sha256 = (text: RawBuilder<unknown>) => sql`sha256(convert_to((${text})::text, 'UTF8'))`

const digest = (seq: RawBuilder<unknown>) =>
  hex(
    sha256(sql`jsonb_build_array(organization_id, ${seq}, (extract(epoch FROM occurred_at) * 1000)::bigint, category, action, outcome,
      object, record_id, encode(content_hash, 'hex'), actor_kind, actor_id, encode(actor_hash, 'hex'), request_id, erases)`),
  )

function part(salt: string, known: string, columns: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`CASE
    WHEN ${sql.ref(salt)} IS NULL THEN CASE WHEN num_nonnulls(${columns}) = 0 THEN 'blank' ELSE 'altered' END
    WHEN sha256(uuid_send(${sql.ref(salt)}) || convert_to(jsonb_build_array(${columns})::text, 'UTF8')) = ${sql.ref(known)} THEN 'intact'
    ELSE 'altered' END`
}

/** The next entries behind number `after`, in their order. */
export async function readLinks(
  tx: TenantTx,
  organization_id: string,
  after: number,
  limit: number,
): Promise<Link[]> {
  const { rows } = await sql<Link>`
    SELECT seq, encode(hash, 'hex') AS hash, ${digest(sql`seq`)} AS digest, ${digest(sql`seq - 1`)} AS digest_before, erases,
      ${part('content_salt', 'content_hash', sql`record_name, before, after`)} AS content,
      ${part('actor_salt', 'actor_hash', sql`actor_name, ip, user_agent`)} AS actor
    FROM audit_log WHERE organization_id = ${organization_id}::uuid AND seq > ${after}::bigint ORDER BY seq LIMIT ${limit}`.execute(
    tx,
  )
  return rows
}

export type Head = { seq: number; hash: string }

export async function readHead(tx: TenantTx | SystemTx, organization_id: string): Promise<Head | null> {
  const { rows } = await sql<Head>`
    SELECT seq, encode(hash, 'hex') AS hash FROM audit_heads WHERE organization_id = ${organization_id}::uuid`.execute(
    tx,
  )
  return rows[0] ?? null
}

/** The first entry that the head does not know of. One statement, so that no commit falls between both tables. */
export async function readBeyondHead(tx: TenantTx, organization_id: string): Promise<number | null> {
  const { rows } = await sql<{ seq: number | null }>`
    SELECT min(l.seq) AS seq FROM audit_log l LEFT JOIN audit_heads h ON h.organization_id = l.organization_id
    WHERE l.organization_id = ${organization_id}::uuid AND l.seq > coalesce(h.seq, 0)`.execute(tx)
  return rows[0]?.seq ?? null
}
