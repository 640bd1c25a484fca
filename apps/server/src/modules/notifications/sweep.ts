/** What was read a month ago, or told three months ago, goes. */
import { sql } from 'kysely'
import type { Alarms } from '../../platform/alarms.ts'
import type { Ctx } from '../../platform/tenancy.ts'

/** The name of the alarm. */
export const sweeping = 'notifications.sweep'
const day_ms = 86_400_000
const read_days = 30
const told_days = 90
const batchSize = 2_000

export const setSweep = (ctx: Ctx, alarms: Pick<Alarms, 'set'>, now: Date): Promise<void> =>
  alarms.set(ctx, sweeping, new Date(now.getTime() + day_ms).toISOString())

/** Answers when to look again: at once while there is more, never where nothing is kept. */
export async function sweep({ tx, actor }: Ctx): Promise<string | null> {
  const { organization_id } = actor
  const { numAffectedRows } = await sql`
    DELETE FROM notifications WHERE organization_id = ${organization_id}::uuid AND id IN (
      SELECT id FROM notifications WHERE organization_id = ${organization_id}::uuid
        AND created_at < now() - make_interval(days => ${read_days})
        AND (read_at < now() - make_interval(days => ${read_days}) OR created_at < now() - make_interval(days => ${told_days}))
      LIMIT ${batchSize})`.execute(tx)
  if (Number(numAffectedRows ?? 0) >= batchSize) return new Date().toISOString()
  const { rows } = await sql<{ left: boolean }>`
    SELECT EXISTS (SELECT FROM notifications WHERE organization_id = ${organization_id}::uuid) AS left`.execute(
    tx,
  )
  return rows[0]?.left ? new Date(Date.now() + day_ms).toISOString() : null
}
