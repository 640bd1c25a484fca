/** SQL of follow-ups. */
import type {
  Cadence,
  FollowedObject,
  FollowUpChannel,
  FollowUpNumber,
  FollowUpStatus,
} from '@rapport/contracts'
import { defaultCadence } from '@rapport/contracts'
import { sql, type RawBuilder } from 'kysely'
import type { z } from 'zod'
import type { Ctx } from '../../platform/tenancy.ts'

type Context = Pick<Ctx, 'tx' | 'actor'>

export type FollowUpRow = {
  id: string
  object: FollowedObject
  record_id: string
  number: z.output<typeof FollowUpNumber>
  due_at: string
  channel: FollowUpChannel
  note: string | null
  status: FollowUpStatus
  outcome: string | null
  owner_id: string | null
  closed_at: string | null
  closed_by: string | null
  version: number
  created_by: string | null
  created_at: string
  updated_at: string
}

const told = [
  'id',
  'object',
  'record_id',
  'number',
  'due_at',
  'channel',
  'note',
  'status',
  'outcome',
  'owner_id',
  'closed_at',
  'closed_by',
  'version',
  'created_by',
  'created_at',
  'updated_at',
] as const satisfies readonly (keyof FollowUpRow)[]

/** The select list of the follow-up `f`. */
export const followUpColumns: RawBuilder<unknown> = sql.join(told.map((column) => sql.ref(`f.${column}`)))

export async function findFollowUp({ tx, actor }: Context, id: string): Promise<FollowUpRow | undefined> {
  const { rows } = await sql<FollowUpRow>`
    SELECT ${followUpColumns} FROM follow_ups f
    WHERE f.organization_id = ${actor.organization_id}::uuid AND f.id = ${id}::uuid`.execute(tx)
  return rows[0]
}

/** All of a record: there are few. */
export async function followUpsOf(
  { tx, actor }: Context,
  object: FollowedObject,
  record_id: string,
): Promise<FollowUpRow[]> {
  const { rows } = await sql<FollowUpRow>`
    SELECT ${followUpColumns} FROM follow_ups f
    WHERE f.organization_id = ${actor.organization_id}::uuid AND f.object = ${object} AND f.record_id = ${record_id}::uuid
    ORDER BY f.due_at, f.id`.execute(tx)
  return rows
}

export type FollowUpValues = Pick<
  FollowUpRow,
  'id' | 'object' | 'record_id' | 'number' | 'due_at' | 'channel' | 'note' | 'owner_id'
>

export async function insertFollowUp({ tx, actor }: Context, values: FollowUpValues): Promise<FollowUpRow> {
  const { id, object, record_id, number, due_at, channel, note, owner_id } = values
  const { rows } = await sql<FollowUpRow>`
    INSERT INTO follow_ups AS f (organization_id, id, object, record_id, number, due_at, channel, note, owner_id, created_by)
    VALUES (${actor.organization_id}::uuid, ${id}::uuid, ${object}, ${record_id}::uuid, ${number}, ${due_at}::timestamptz,
      ${channel}, ${note}, ${owner_id}::uuid, ${actor.user_id}::uuid)
    RETURNING ${followUpColumns}`.execute(tx)
  return theOne(rows)
}

export type FollowUpUpdate = Pick<
  FollowUpRow,
  'due_at' | 'channel' | 'note' | 'status' | 'outcome' | 'owner_id'
>

/** Who closes it, and when, follows from the status; a new time is reminded of anew. */
export async function updateFollowUp(
  { tx, actor }: Context,
  id: string,
  { due_at, channel, note, status, outcome, owner_id }: FollowUpUpdate,
): Promise<FollowUpRow> {
  const closes = sql`${status} <> 'open' AND f.status = 'open'`
  const { rows } = await sql<FollowUpRow>`
    UPDATE follow_ups f SET due_at = ${due_at}::timestamptz, channel = ${channel}, note = ${note}, status = ${status},
      outcome = ${outcome}, owner_id = ${owner_id}::uuid, version = f.version + 1, updated_at = now(),
      closed_at = CASE WHEN ${status} = 'open' THEN NULL WHEN ${closes} THEN now() ELSE f.closed_at END,
      closed_by = CASE WHEN ${status} = 'open' THEN NULL WHEN ${closes} THEN ${actor.user_id}::uuid ELSE f.closed_by END,
      reminded_at = CASE WHEN f.due_at = ${due_at}::timestamptz THEN f.reminded_at END
    WHERE f.organization_id = ${actor.organization_id}::uuid AND f.id = ${id}::uuid
    RETURNING ${followUpColumns}`.execute(tx)
  return theOne(rows)
}

function theOne(rows: readonly FollowUpRow[]): FollowUpRow {
  const [row] = rows
  if (!row) throw new Error('The follow-up was not written.')
  return row
}

/** A statement of one row where the organization has set its own. */
export const cadenceQuery = (organization_id: string): RawBuilder<Cadence> => sql<Cadence>`
  SELECT c.steps, c.calling_from, c.calling_until, c.calling_days
  FROM follow_up_cadences c WHERE c.organization_id = ${organization_id}::uuid`

export async function readCadence({ tx, actor }: Context): Promise<Cadence> {
  const { rows } = await cadenceQuery(actor.organization_id).execute(tx)
  return rows[0] ?? defaultCadence
}

export async function writeCadence({ tx, actor }: Context, cadence: Cadence): Promise<void> {
  const { steps, calling_from, calling_until, calling_days } = cadence
  await sql`
    INSERT INTO follow_up_cadences (organization_id, steps, calling_from, calling_until, calling_days)
    VALUES (${actor.organization_id}::uuid, ${JSON.stringify(steps)}::jsonb, ${calling_from}, ${calling_until}, ${calling_days}::int[])
    ON CONFLICT (organization_id) DO UPDATE SET steps = excluded.steps, calling_from = excluded.calling_from,
      calling_until = excluded.calling_until, calling_days = excluded.calling_days`.execute(tx)
}
