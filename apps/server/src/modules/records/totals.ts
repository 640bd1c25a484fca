/**
 * How many live records have each value of a counted field, and what they are worth: a roll-up kept from the record
 * events, so that neither a board nor a grouped list of a million records counts them. It trails the records by
 * milliseconds. Which fields are counted is said where they are described.
 */
import { eventTypes, toStoredMoney, type RapportEvent } from '@rapport/contracts'
import { sql, type RawBuilder } from 'kysely'
import { z } from 'zod'
import type { Actor } from '../../platform/actor.ts'
import { queryBuilder } from '../../platform/kysely.ts'
import type { KnownTotal, RecordDescription, StoredField } from '../../platform/lists/index.ts'
import type { Module } from '../../platform/platform.ts'
import type { Ctx, TenantTx } from '../../platform/tenancy.ts'
import type { BaseRow } from './definition.ts'
import { tell } from './values.ts'

export type Worth = {
  /** The money field that is added up, in the record's currency; null for what is worth nothing. */
  value: string | null
  /** The field of a probability of its own. */
  weight: string | null
}
type Family = Pick<RecordDescription, 'family' | 'table' | 'is_shared'>
type Totalled = Worth & { records: Family; counted: readonly StoredField[] }

/** By the word with which the types of their events begin. */
const totalled = new Map<string, Totalled>()

/** Makes the object one whose records are counted. */
export function describeTotals(records: RecordDescription, worth: Worth): void {
  const counted = [...records.fields.values()].filter((field) => field.counted)
  totalled.set(records.family, { records, counted, ...worth })
}

type Of = Pick<RecordDescription, 'family'>

export const worthOf = ({ family }: Of): Worth => totalled.get(family) ?? { value: null, weight: null }

/** A field by whose values all records are counted; undefined where none is. */
export const countedFieldOf = ({ family }: Of): string | undefined => totalled.get(family)?.counted[0]?.name

/** How many live records there are of an object; null where none of its fields is counted. */
export function knownTotal(actor: Actor, records: RecordDescription): KnownTotal | null {
  const counted = countedFieldOf(records)
  if (counted === undefined) return null
  return sql<{ total: number | null }>`SELECT sum(t.records)::int AS total FROM record_totals t
    WHERE t.organization_id = ${actor.organization_id}::uuid AND t.object = ${records.object} AND t.field = ${counted}`.compile(
    queryBuilder,
  )
}

/** What the events of such records must tell for the totals to follow. */
export function toldForTotals({ family }: Of): string[] {
  const known = totalled.get(family)
  return known ? [...known.counted.map(({ name }) => name), ...measuredBy(known)] : []
}

const measuredBy = ({ value, weight }: Worth): string[] =>
  value === null ? [] : [value, 'currency', ...(weight === null ? [] : [weight])]

const subscriber = 'records.totals'
/** By this an event says that the totals know what it tells. */
export const countedAlready = 'counted'

export const totalsModule: Module = ({ events }) => {
  const types = eventTypes.filter((type) => /\.(created|updated|stage_changed|deleted|restored)$/.test(type))
  events.subscribe({ name: subscriber, types, without: countedAlready, handle: keepTotals })
}

const measures = ['records', 'amount', 'own_amount', 'own_weighted'] as const
type Key = { object: string; field: string; value: string; currency: string }
type Delta = Key & Record<(typeof measures)[number], bigint>

async function keepTotals({ tx, actor }: Ctx, events: RapportEvent[]): Promise<void> {
  const sums: Sums = new Map()
  for (const event of events) addEvent(sums, event)
  const changed = [...sums.values()].filter((sum) => measures.some((measure) => sum[measure] !== 0n))
  if (changed.length > 0) await addTotals(tx, actor.organization_id, changed)
}

/**
 * The same at once, for many new records whose events say that they are `counted`. Nobody else can change these totals
 * from here on to the end of the transaction.
 */
export async function countNew(
  { tx, actor }: Pick<Ctx, 'tx' | 'actor'>,
  records: RecordDescription,
  rows: readonly BaseRow[],
): Promise<void> {
  const known = totalled.get(records.family)
  if (!known || rows.length === 0) return
  const names = toldForTotals(records)
  const sums: Sums = new Map()
  for (const row of rows as readonly (BaseRow & Told)[]) {
    const told: Told = {}
    for (const name of names) told[name] = tell(records, name, row[name])
    addRow(sums, known, records.object, told, 1n)
  }
  await addTotals(tx, actor.organization_id, [...sums.values()])
}

type Sums = Map<string, Delta>
type Told = Record<string, unknown>
const Changes = z.record(z.string(), z.tuple([z.unknown(), z.unknown()])).default({})

/** An event tells how the record is now, and of each field that changed what it was before. */
function addEvent(sums: Sums, { type, record, data }: RapportEvent): void {
  const [family = ''] = type.split('.')
  const known = totalled.get(family)
  // What is told of a record without being the record's own, as its follow-ups, counts for nothing.
  if (!known) return
  const add = (told: Told, sign: 1n | -1n) => addRow(sums, known, record.object, told, sign)
  if (type.endsWith('.created') || type.endsWith('.restored')) return add(data, 1n)
  if (type.endsWith('.deleted')) return add(data, -1n)
  const changes = Changes.parse(data['changes'])
  if (!toldForTotals({ family }).some((field) => field in changes)) return
  const before = Object.fromEntries(Object.entries(changes).map(([field, [was]]) => [field, was]))
  add({ ...data, ...before }, -1n)
  add(data, 1n)
}

const keyOf = ({ object, field, value, currency }: Key) => `${object} ${field} ${currency} ${value}`

const Row = z.object({
  amount: z.number().nullish(),
  weight: z.number().nullish(),
  currency: z.string(),
  values: z.array(z.union([z.string(), z.number(), z.boolean()]).nullish()),
})

/** What one record adds to the totals of each counted field, or takes from them. */
function addRow(
  sums: Sums,
  { counted, value, weight }: Totalled,
  object: string,
  told: Told,
  sign: 1n | -1n,
): void {
  const row = Row.parse({
    amount: value === null ? 0 : told[value],
    weight: weight === null ? null : told[weight],
    currency: value === null ? '' : told['currency'],
    values: counted.map(({ name }) => told[name]),
  })
  const amount = sign * toStoredMoney(row.amount ?? 0)
  const isWeighted = typeof row.weight === 'number'
  const own_weighted = isWeighted ? amount * BigInt(row.weight ?? 0) : 0n
  for (const [place, { name: field }] of counted.entries()) {
    const key = { object, field, value: String(row.values[place] ?? ''), currency: row.currency }
    const mark = keyOf(key)
    let sum = sums.get(mark)
    if (!sum) sums.set(mark, (sum = { ...key, records: 0n, amount: 0n, own_amount: 0n, own_weighted: 0n }))
    sum.records += sign
    sum.amount += amount
    if (isWeighted) sum.own_amount += amount
    sum.own_weighted += own_weighted
  }
}

/** In one order, so that two who add to the same totals never wait for each other in a ring. */
async function addTotals(tx: TenantTx, organization_id: string, deltas: Delta[]): Promise<void> {
  const inOrder = deltas.toSorted((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1))
  const json = JSON.stringify(inOrder, (_, value: unknown) =>
    typeof value === 'bigint' ? value.toString() : value,
  )
  await sql`
    INSERT INTO record_totals AS t (organization_id, object, field, value, currency, records, amount, own_amount, own_weighted)
    SELECT ${organization_id}::uuid, d.object, d.field, d.value, d.currency, d.records, d.amount, d.own_amount, d.own_weighted
    FROM jsonb_to_recordset(${json}::jsonb) AS d (object text, field text, value text, currency text,
      records bigint, amount numeric, own_amount numeric, own_weighted numeric)
    ON CONFLICT (organization_id, object, field, value, currency) DO UPDATE
      SET records = t.records + excluded.records, amount = t.amount + excluded.amount,
        own_amount = t.own_amount + excluded.own_amount, own_weighted = t.own_weighted + excluded.own_weighted`.execute(
    tx,
  )
  await sql`
    DELETE FROM record_totals t USING jsonb_to_recordset(${json}::jsonb) AS d (object text, field text, value text, currency text)
    WHERE t.organization_id = ${organization_id}::uuid AND t.object = d.object AND t.field = d.field AND t.value = d.value
      AND t.currency = d.currency AND t.records = 0 AND t.amount = 0 AND t.own_amount = 0 AND t.own_weighted = 0`.execute(
    tx,
  )
}

/** The same sums of the records `r`, counted. */
export function countedSums({ value, weight }: Worth): RawBuilder<unknown> {
  if (value === null) return sql`count(*) AS records, 0 AS amount, 0 AS own_amount, 0 AS own_weighted`
  const amount = sql.ref(`r.${value}`)
  const own =
    weight === null
      ? sql`0 AS own_amount, 0 AS own_weighted`
      : sql`coalesce(sum(${amount}) FILTER (WHERE ${sql.ref(`r.${weight}`)} IS NOT NULL), 0) AS own_amount,
          coalesce(sum(${amount} * ${sql.ref(`r.${weight}`)}), 0) AS own_weighted`
  return sql`count(*) AS records, coalesce(sum(${amount}), 0) AS amount, ${own}`
}

/** All totals of such records, counted. */
function countTotals(known: Totalled, organization_id: string): RawBuilder<unknown> {
  const { records, counted } = known
  const object = records.is_shared ? sql`r.object` : sql`${records.family}::text`
  const values = counted.map(({ name, column }) => sql`(${name}, ${sql.ref(`r.${column}`)}::text)`)
  const currency = known.value === null ? sql`''` : sql`r.currency`
  return sql`
    SELECT r.organization_id, ${object} AS object, f.field, coalesce(f.value, '') AS value, ${currency} AS currency, ${countedSums(known)}
    FROM ${sql.table(records.table)} r CROSS JOIN LATERAL (VALUES ${sql.join(values)}) f (field, value)
    WHERE r.organization_id = ${organization_id}::uuid AND r.deleted_at IS NULL GROUP BY 1, 2, 3, 4, 5`
}

/**
 * Counts anew, for records that were written without events (loads, repairs). No event is counted twice or
 * left out: while the organization's events are held, the subscriber's position moves to the newest one.
 */
export async function rebuildTotals(tx: TenantTx, organization_id: string): Promise<void> {
  await sql`INSERT INTO event_heads (organization_id) VALUES (${organization_id}::uuid) ON CONFLICT DO NOTHING`.execute(
    tx,
  )
  await sql`SELECT 1 FROM event_heads WHERE organization_id = ${organization_id}::uuid FOR UPDATE`.execute(tx)
  await sql`
    INSERT INTO event_positions (subscriber, organization_id, seq)
    SELECT ${subscriber}, organization_id, seq FROM event_heads WHERE organization_id = ${organization_id}::uuid
    ON CONFLICT (subscriber, organization_id) DO UPDATE SET seq = excluded.seq`.execute(tx)
  await sql`DELETE FROM record_totals WHERE organization_id = ${organization_id}::uuid`.execute(tx)
  for (const known of totalled.values())
    await sql`INSERT INTO record_totals ${countTotals(known, organization_id)}`.execute(tx)
}
