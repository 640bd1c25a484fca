/**
 * Blanks personal values in the audit log. Numbers, times, actions and hashes stay, so the chain still verifies, and
 * an `audit.erased` entry in the same transaction lists what was blanked: nothing else is accepted as blank.
 */
import { sql, type RawBuilder } from 'kysely'
import type { Ctx } from '../tenancy.ts'

type Erasure =
  /** Names and values of the changes of these records. */
  | { object: string; record_ids: readonly string[] }
  /** Name, address and user agent wherever this person acted. */
  | { actor_id: string }
  /** Names and values of single entries, found by other means. */
  | { seqs: readonly number[] }

const announce = sql`SELECT set_config('rapport.audit_erasure', 'on', true)`
const withdraw = sql`SELECT set_config('rapport.audit_erasure', '', true)`

/** Answers how many entries were blanked; one erasure entry tells of all of them. */
export async function eraseFromAudit(
  { tx, actor, audit }: Pick<Ctx, 'tx' | 'actor' | 'audit'>,
  erasures: readonly Erasure[],
): Promise<number> {
  const erases = { content: new Set<number>(), actor: new Set<number>() }
  await announce.execute(tx)
  for (const erasure of erasures) {
    const { rows } = await statement(actor.organization_id, erasure).execute(tx)
    for (const { seq } of rows) erases['actor_id' in erasure ? 'actor' : 'content'].add(seq)
  }
  await withdraw.execute(tx)
  const [content, actors] = [[...erases.content].toSorted(ascending), [...erases.actor].toSorted(ascending)]
  const count = content.length + actors.length
  if (count > 0)
    audit({
      action: 'audit.erased',
      object: 'audit',
      after: { entries: count },
      erases: { content, actor: actors },
    })
  return count
}

const ascending = (a: number, b: number) => a - b

function statement(organization_id: string, erasure: Erasure): RawBuilder<{ seq: number }> {
  if ('actor_id' in erasure)
    return sql`
      UPDATE audit_log SET actor_name = NULL, ip = NULL, user_agent = NULL, actor_salt = NULL
      WHERE organization_id = ${organization_id}::uuid AND actor_id = ${erasure.actor_id}::uuid AND actor_salt IS NOT NULL
      RETURNING seq`
  const chosen =
    'seqs' in erasure
      ? sql`seq = ANY(${erasure.seqs}::bigint[])`
      : sql`object = ${erasure.object} AND record_id = ANY(${erasure.record_ids}::uuid[])`
  return sql`
    UPDATE audit_log SET record_name = NULL, before = NULL, after = NULL, content_salt = NULL
    WHERE organization_id = ${organization_id}::uuid AND ${chosen} AND content_salt IS NOT NULL AND erases IS NULL
    RETURNING seq`
}
