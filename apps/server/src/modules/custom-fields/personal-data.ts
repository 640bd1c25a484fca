/** Values of custom fields beside the record, which tells them itself; and what leads to it from other records. */
import { sql } from 'kysely'
import { belongsClause, recordsOf } from '../../platform/lists/index.ts'
import type { PersonalData } from '../../platform/personal-data/index.ts'
import type { Ctx } from '../../platform/tenancy.ts'

type Context = Pick<Ctx, 'tx' | 'actor'>

export const customValuePersonalData: PersonalData = {
  table: 'custom_values',
  erase: (ctx, { record_ids }) => forgetValuesOf(ctx, record_ids),
}

/** Of records that are gone for good, or as good as gone. Answers how many values there were. */
export async function forgetValuesOf(ctx: Context, record_ids: readonly string[]): Promise<number> {
  await forgetRelations(ctx, record_ids)
  const { numAffectedRows = 0n } = await sql`DELETE FROM custom_values
    WHERE organization_id = ${ctx.actor.organization_id}::uuid AND record_id = ANY(${record_ids}::uuid[])`.execute(
    ctx.tx,
  )
  return Number(numAffectedRows)
}

/** A relation to a record that is gone for good is taken out, so that nothing leads nowhere. */
async function forgetRelations({ tx, actor }: Context, record_ids: readonly string[]): Promise<void> {
  const { rows } = await sql<{ id: string; object: string; key: string }>`
    SELECT id, object, key FROM custom_fields
    WHERE organization_id = ${actor.organization_id}::uuid AND type = 'relation'`.execute(tx)
  for (const { id, object, key } of rows) {
    const records = recordsOf(object)
    await sql`
      UPDATE ${sql.table(records.table)} r SET custom = r.custom - ${key}::text
      WHERE ${belongsClause(records, actor)} AND r.custom->>${key}::text = ANY(${record_ids}::text[])`.execute(
      tx,
    )
    await sql`DELETE FROM custom_values WHERE organization_id = ${actor.organization_id}::uuid
      AND field_id = ${id}::uuid AND text = ANY(${record_ids}::text[])`.execute(tx)
  }
}
