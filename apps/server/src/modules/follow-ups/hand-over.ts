/** Open follow-ups go along: with the record to its new owner, and from a member who leaves to the owner of the record. */
import type { RapportEvent } from '@rapport/contracts'
import { sql } from 'kysely'
import type { Subscription } from '../../platform/events/subscriptions.ts'
import type { Ctx } from '../../platform/tenancy.ts'
import { followedKinds, type Followed } from './followed.ts'
import { followUpColumns, type FollowUpRow } from './repository.ts'

export const handOver: Subscription = {
  name: 'follow_ups.hand_over',
  types: ['lead.updated', 'contact.updated', 'deal.updated', 'member.removed'],
  handle: async (ctx, events) => {
    for (const event of events) await follow(ctx, event)
  },
}

async function follow(ctx: Ctx, { type, record, data }: RapportEvent): Promise<void> {
  if (type === 'member.removed') {
    for (const followed of Object.values(followedKinds)) await handTo(ctx, followed, record.id)
    return
  }
  const change = (data['changes'] as Record<string, [unknown, unknown]> | undefined)?.['owner_id']
  const followed = Object.values(followedKinds).find(({ object }) => object === record.object)
  if (followed && typeof change?.[0] === 'string') await handTo(ctx, followed, change[0], record.id)
}

type Moved = FollowUpRow & { title: string; record_version: number }

/** To whoever owns the record now. @param from whose follow-ups; those of one record, or of all. */
async function handTo(
  { tx, actor, emit }: Ctx,
  { object, records }: Followed,
  from: string,
  record_id?: string,
): Promise<void> {
  const { rows } = await sql<Moved>`
    UPDATE follow_ups f SET owner_id = r.owner_id, version = f.version + 1, updated_at = now()
    FROM ${sql.table(records.table)} r
    WHERE f.organization_id = ${actor.organization_id}::uuid AND f.owner_id = ${from}::uuid AND f.status = 'open'
      AND f.object = ${object} ${record_id === undefined ? sql`` : sql`AND f.record_id = ${record_id}::uuid`}
      AND r.organization_id = ${actor.organization_id}::uuid AND r.id = f.record_id
      AND r.owner_id IS DISTINCT FROM f.owner_id
    RETURNING ${followUpColumns}, r.version AS record_version, ${sql.ref(`r.${records.title}`)} AS title`.execute(
    tx,
  )
  for (const { id, record_id: of, owner_id, number, status, title, record_version } of rows)
    emit({
      type: 'follow_up.updated',
      record: { object, id: of, version: record_version, name: title },
      owner_id,
      data: { follow_up_id: id, what: 'changed', number, status, assignee_id: owner_id },
      changes: { before: { owner_id: from }, after: { owner_id } },
    })
}
