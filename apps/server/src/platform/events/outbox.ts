/** How events are written: numbered without a gap per organization, in the transaction of their cause. */
import type { EventType } from '@rapport/contracts'
import { newId } from '../ids.ts'
import { textArray } from '../text-array.ts'
import { newEntry, type AuditActor, type AuditedValues, type PendingEntry } from '../audit/index.ts'

export type NewEvent = {
  type: EventType
  /** `name` is the record as a person knows it, for the audit log. */
  record: { object: string; id: string; version?: number | null; name?: string | null }
  /** Owner of the record, for readers whose permission reaches only their own. */
  owner_id?: string | null
  data?: Record<string, unknown>
  /** Of the audit entry that goes with every event: the changed fields as they were and as they are. */
  changes?: { before?: AuditedValues | null; after?: AuditedValues | null } | null
  /** Without an audit entry: for what changes no data, as progress does not, and for what an entry of many tells. */
  unaudited?: true
}

export type PendingEvent = {
  id: string
  type: EventType
  actor_id: string | null
  actor_name: string
  object: string
  record_id: string
  record_version: number | null
  owner_id: string | null
  data: Record<string, unknown>
}

/** @param actor who does it */
export function newEvent(actor: Pick<AuditActor, 'user_id' | 'name'>, event: NewEvent): PendingEvent {
  return {
    id: newId(),
    type: event.type,
    actor_id: actor.user_id,
    actor_name: actor.name,
    object: event.record.object,
    record_id: event.record.id,
    record_version: event.record.version ?? null,
    owner_id: event.owner_id ?? null,
    data: event.data ?? {},
  }
}

/** The audit entry of an event: a change that tells others is never left out of the log. */
export function entryOf({ type, record, changes, unaudited }: NewEvent): PendingEntry | null {
  if (unaudited) return null
  const { object, id, name } = record
  return newEntry({ action: type, object, record_id: id, record_name: name ?? null, ...changes })
}

const columns = {
  id: 'uuid',
  type: 'text',
  actor_id: 'uuid',
  actor_name: 'text',
  object: 'text',
  record_id: 'uuid',
  record_version: 'int',
  owner_id: 'uuid',
} as const
const names = Object.keys(columns) as (keyof typeof columns)[]
const told = names.join(', ')

const insert = {
  name: 'write_events',
  text: `
WITH head AS (
  INSERT INTO event_heads (organization_id, seq) VALUES ($1, $2::int)
  ON CONFLICT (organization_id) DO UPDATE SET seq = event_heads.seq + $2::int
  RETURNING seq
), written AS (
  INSERT INTO events (organization_id, seq, ${told}, data)
  SELECT $1, head.seq - $2::int + e.place, ${names.map((name) => `e.${name}`).join(', ')}, e.data::jsonb
  FROM head, unnest($3::text[], ${names.map((name, place) => `$${place + 4}::${columns[name]}[]`).join(', ')})
    WITH ORDINALITY AS e (data, ${told}, place)
)
SELECT seq FROM head`,
}

/** The statement that writes them in their order; it answers the newest seq. */
export const insertOf = (organization_id: string, events: readonly PendingEvent[]) => ({
  ...insert,
  values: [
    organization_id,
    events.length,
    textArray(events.map(({ data }) => JSON.stringify(data))),
    ...names.map((name) => textArray(events.map((event) => event[name]?.toString() ?? null))),
  ],
})
