/** Whoever reads on in a channel has read what they were told of it, on whatever device. */
import type { RapportEvent } from '@rapport/contracts'
import { sql } from 'kysely'
import type { Ctx } from '../../platform/tenancy.ts'
import { channelObject } from './subjects.ts'

type Read = { user_id: string; channel_id: string; seq: number }

export async function readAlong({ tx, actor, emit }: Ctx, events: readonly RapportEvent[]): Promise<void> {
  const reads = events.flatMap(({ type, actor: by, data }): Read[] =>
    type === 'chat.read' && by.id !== null
      ? [{ user_id: by.id, channel_id: String(data['channel_id']), seq: Number(data['last_read_seq']) }]
      : [],
  )
  if (reads.length === 0) return
  const { rows } = await sql<{ user_id: string }>`
    UPDATE notifications n SET read_at = now(), mail_due_at = NULL
    FROM jsonb_to_recordset(${JSON.stringify(reads)}::jsonb) AS r (user_id uuid, channel_id uuid, seq int)
    WHERE n.organization_id = ${actor.organization_id}::uuid AND n.user_id = r.user_id AND n.object = ${channelObject}
      AND n.record_id = r.channel_id AND n.read_at IS NULL AND coalesce((n.data->>'seq')::int, 0) <= r.seq
    RETURNING n.user_id`.execute(tx)
  for (const user_id of new Set(rows.map((row) => row.user_id)))
    emit({
      type: 'notification.read',
      record: { object: 'notification', id: user_id },
      owner_id: user_id,
      unaudited: true,
    })
}
