/**
 * How many live records each stage holds and what they are worth: a roll-up kept from the record events, so
 * that a board of half a million cards does not count them. It trails the records by milliseconds.
 */
import { toStoredMoney, type EventType, type RapportEvent } from '@rapport/contracts'
import { sql } from 'kysely'
import { z } from 'zod'
import type { Ctx, TenantTx } from '../../platform/tenancy.ts'

export const stageTotals = 'pipelines.stage_totals'

export const totalledEvents = [
  'lead.created',
  'lead.updated',
  'lead.stage_changed',
  'lead.deleted',
  'lead.restored',
] as const satisfies readonly EventType[]

const Change = z.tuple([z.unknown(), z.unknown()])
/** What an event of a record in a stage tells: how it is now, and what it was before. */
const Placement = z.object({
  stage_id: z.string(),
  currency: z.string(),
  estimated_value: z.number().nullable(),
  changes: z.record(z.string(), Change).default({}),
})
type Delta = { stage_id: string; currency: string; records: number; value: bigint }

export async function keepStageTotals({ tx, actor }: Ctx, events: RapportEvent[]): Promise<void> {
  const sums = new Map<string, Delta>()
  for (const delta of events.flatMap(deltasOf)) {
    const key = `${delta.stage_id} ${delta.currency}`
    const sum = sums.get(key)
    if (sum) Object.assign(sum, { records: sum.records + delta.records, value: sum.value + delta.value })
    else sums.set(key, delta)
  }
  const rows = [...sums.values()].filter((sum) => sum.records !== 0 || sum.value !== 0n)
  if (rows.length > 0) await addTotals(tx, actor.organization_id, rows)
}

function deltasOf(event: RapportEvent): Delta[] {
  const now = Placement.parse(event.data)
  const before = Object.fromEntries(Object.entries(now.changes).map(([field, [was]]) => [field, was]))
  const entering = deltaOf(now, 1)
  const leaving = deltaOf(Placement.parse({ ...now, ...before }), -1)
  if (event.type === 'lead.created' || event.type === 'lead.restored') return [entering]
  if (event.type === 'lead.deleted') return [deltaOf(now, -1)]
  return [leaving, entering]
}

function deltaOf(placement: z.output<typeof Placement>, sign: 1 | -1): Delta {
  const { stage_id, currency, estimated_value } = placement
  const value = toStoredMoney(estimated_value ?? 0)
  return { stage_id, currency, records: sign, value: sign === 1 ? value : -value }
}

async function addTotals(tx: TenantTx, organization_id: string, rows: Delta[]): Promise<void> {
  const json = JSON.stringify(rows.map((row) => ({ ...row, value: row.value.toString() })))
  await sql`
    INSERT INTO stage_totals AS t (organization_id, stage_id, currency, records, value)
    SELECT ${organization_id}::uuid, d.stage_id, d.currency, d.records, d.value
    FROM jsonb_to_recordset(${json}::jsonb) AS d (stage_id uuid, currency text, records bigint, value numeric)
    ON CONFLICT (organization_id, stage_id, currency) DO UPDATE
      SET records = t.records + excluded.records, value = t.value + excluded.value`.execute(tx)
  await sql`DELETE FROM stage_totals WHERE organization_id = ${organization_id}::uuid AND records = 0 AND value = 0`.execute(
    tx,
  )
}

/**
 * Counts anew, for records that were written without events (loads, repairs). No event is counted twice or
 * left out: while the organization's events are held, the subscriber's position moves to the newest one.
 */
export async function rebuildStageTotals(tx: TenantTx, organization_id: string): Promise<void> {
  await sql`INSERT INTO event_heads (organization_id) VALUES (${organization_id}::uuid) ON CONFLICT DO NOTHING`.execute(
    tx,
  )
  await sql`SELECT 1 FROM event_heads WHERE organization_id = ${organization_id}::uuid FOR UPDATE`.execute(tx)
  await sql`
    INSERT INTO event_positions (subscriber, organization_id, seq)
    SELECT ${stageTotals}, organization_id, seq FROM event_heads WHERE organization_id = ${organization_id}::uuid
    ON CONFLICT (subscriber, organization_id) DO UPDATE SET seq = excluded.seq`.execute(tx)
  await sql`DELETE FROM stage_totals WHERE organization_id = ${organization_id}::uuid`.execute(tx)
  await sql`
    INSERT INTO stage_totals (organization_id, stage_id, currency, records, value)
    SELECT organization_id, stage_id, currency, count(*), coalesce(sum(estimated_value), 0)
    FROM leads WHERE organization_id = ${organization_id}::uuid AND deleted_at IS NULL
    GROUP BY organization_id, stage_id, currency`.execute(tx)
}
