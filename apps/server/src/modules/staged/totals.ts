/**
 * How many live records each stage holds and what they are worth: a roll-up kept from the record events, so
 * that a board of half a million cards does not count them. It trails the records by milliseconds.
 */
import { pipelineObjects, toStoredMoney, type EventType, type RapportEvent } from '@rapport/contracts'
import { sql, type RawBuilder } from 'kysely'
import { z } from 'zod'
import type { Ctx, TenantTx } from '../../platform/tenancy.ts'
import { valuedObjects, valuedOf, type Valued } from './definition.ts'

export const stageTotals = 'pipelines.stage_totals'

export const totalledEvents: readonly EventType[] = pipelineObjects.flatMap((object): EventType[] => [
  `${object}.created`,
  `${object}.updated`,
  `${object}.stage_changed`,
  `${object}.deleted`,
  `${object}.restored`,
])

const Change = z.tuple([z.unknown(), z.unknown()])
/** What an event of a record in a stage tells: how it is now, and what it was before. */
const Told = z
  .looseObject({ stage_id: z.string(), currency: z.string() })
  .extend({ changes: z.record(z.string(), Change).default({}) })
const Amount = z.number().nullable()

/** `own_…` are those with a probability of their own; `own_weighted` is in ten-thousandths × percent. */
const summed = ['records', 'value', 'own_value', 'own_weighted'] as const
type Delta = Record<(typeof summed)[number], bigint> & { stage_id: string; currency: string }

export async function keepStageTotals({ tx, actor }: Ctx, events: RapportEvent[]): Promise<void> {
  const sums = new Map<string, Delta>()
  for (const delta of events.flatMap(deltasOf)) {
    const key = `${delta.stage_id} ${delta.currency}`
    const sum = sums.get(key)
    if (sum) for (const name of summed) sum[name] += delta[name]
    else sums.set(key, delta)
  }
  const rows = [...sums.values()].filter((sum) => summed.some((name) => sum[name] !== 0n))
  if (rows.length > 0) await addTotals(tx, actor.organization_id, rows)
}

function deltasOf({ type, record, data }: RapportEvent): Delta[] {
  const valued = valuedOf(record.object)
  const { changes, ...now } = Told.parse(data)
  const before = Object.fromEntries(Object.entries(changes).map(([field, [was]]) => [field, was]))
  const entering = deltaOf(valued, now, 1n)
  if (type.endsWith('.created') || type.endsWith('.restored')) return [entering]
  if (type.endsWith('.deleted')) return [deltaOf(valued, now, -1n)]
  return [deltaOf(valued, { ...now, ...before }, -1n), entering]
}

function deltaOf({ value, weight }: Valued, told: Record<string, unknown>, sign: 1n | -1n): Delta {
  const { stage_id, currency } = Told.parse(told)
  const amount = sign * toStoredMoney(Amount.parse(told[value]) ?? 0)
  const own = weight === null ? null : Amount.parse(told[weight])
  return {
    stage_id,
    currency,
    records: sign,
    value: amount,
    own_value: own === null ? 0n : amount,
    own_weighted: own === null ? 0n : amount * BigInt(own),
  }
}

async function addTotals(tx: TenantTx, organization_id: string, rows: Delta[]): Promise<void> {
  const json = JSON.stringify(rows, (_, value: unknown) =>
    typeof value === 'bigint' ? value.toString() : value,
  )
  await sql`
    INSERT INTO stage_totals AS t (organization_id, stage_id, currency, records, value, own_value, own_weighted)
    SELECT ${organization_id}::uuid, d.stage_id, d.currency, d.records, d.value, d.own_value, d.own_weighted
    FROM jsonb_to_recordset(${json}::jsonb)
      AS d (stage_id uuid, currency text, records bigint, value numeric, own_value numeric, own_weighted numeric)
    ON CONFLICT (organization_id, stage_id, currency) DO UPDATE
      SET records = t.records + excluded.records, value = t.value + excluded.value,
        own_value = t.own_value + excluded.own_value, own_weighted = t.own_weighted + excluded.own_weighted`.execute(
    tx,
  )
  await sql`
    DELETE FROM stage_totals WHERE organization_id = ${organization_id}::uuid
      AND records = 0 AND value = 0 AND own_value = 0 AND own_weighted = 0`.execute(tx)
}

/** The same sums of the records `r`, counted. */
export function totalsOf({ value, weight }: Valued): RawBuilder<unknown> {
  const amount = sql.ref(`r.${value}`)
  const own =
    weight === null
      ? sql`0 AS own_value, 0 AS own_weighted`
      : sql`coalesce(sum(${amount}) FILTER (WHERE ${sql.ref(`r.${weight}`)} IS NOT NULL), 0) AS own_value,
          coalesce(sum(${amount} * ${sql.ref(`r.${weight}`)}), 0) AS own_weighted`
  return sql`count(*) AS records, coalesce(sum(${amount}), 0) AS value, ${own}`
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
  for (const valued of valuedObjects())
    await sql`
      INSERT INTO stage_totals (organization_id, stage_id, currency, records, value, own_value, own_weighted)
      SELECT r.organization_id, r.stage_id, r.currency, ${totalsOf(valued)} FROM ${sql.table(valued.records.table)} r
      WHERE r.organization_id = ${organization_id}::uuid AND r.deleted_at IS NULL
      GROUP BY r.organization_id, r.stage_id, r.currency`.execute(tx)
}
