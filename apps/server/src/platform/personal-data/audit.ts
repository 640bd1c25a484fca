/** What the audit log knows of a person: names and values in the entries of their records. */
import { eraseFromAudit } from '../audit/index.ts'
import { sql } from 'kysely'
import type { Ctx } from '../tenancy.ts'
import { mentions, type Person, type PersonalData } from './source.ts'

export const auditPersonalData: PersonalData = {
  table: 'audit_log',
  async collect({ tx, actor }, { object, record_ids }) {
    return tx
      .selectFrom('audit_log')
      .select(['occurred_at', 'action', 'outcome', 'actor_name as by', 'record_id', 'before', 'after'])
      .where('organization_id', '=', actor.organization_id)
      .where('object', '=', object)
      .where('record_id', 'in', record_ids)
      .orderBy('seq')
      .execute()
  },
  async erase(ctx, person) {
    const { object, record_ids } = person
    return eraseFromAudit(ctx, [{ object, record_ids }, { seqs: await findMentions(ctx, person) }])
  },
}

/** Entries of other records that tell of the person: a colleague's note about both, say. */
async function findMentions({ tx, actor }: Pick<Ctx, 'tx' | 'actor'>, person: Person): Promise<number[]> {
  const { rows } = await sql<{ seq: number; text: string }>`
    SELECT seq, text FROM (
      SELECT seq, concat_ws(' ', record_name, before::text, after::text) AS text FROM audit_log
      WHERE organization_id = ${actor.organization_id}::uuid AND content_salt IS NOT NULL) a
    WHERE EXISTS (SELECT 1 FROM unnest(${[...person.emails, ...person.names]}::text[]) m WHERE position(m IN lower(a.text)) > 0)
      OR EXISTS (SELECT 1 FROM unnest(${person.phones}::text[]) p WHERE position(p IN regexp_replace(a.text, '\\D', '', 'g')) > 0)`.execute(
    tx,
  )
  return rows.filter(({ text }) => mentions(text, person)).map(({ seq }) => seq)
}
