/** Who is mentioned in a note hears of it, if they may read the record that it is on. */
import type { RapportEvent } from '@rapport/contracts'
import type { Actor } from '../../platform/actor.ts'
import type { Subscription } from '../../platform/events/subscriptions.ts'
import type { Ctx } from '../../platform/tenancy.ts'
import { findPlace, kindOf, mayReadAt } from '../records/index.ts'
import { findNote } from './repository.ts'

/** The member's actor as it is now; null when they are no member any more. */
type ActorOf = (user_id: string, organization_id: string) => Promise<Actor | null>

export const tellMentioned = (actorOf: ActorOf): Subscription => ({
  name: 'notes.mentions',
  types: ['note.created', 'note.updated'],
  handle: async (ctx, events) => {
    for (const event of events) await tellOf(ctx, event, actorOf)
  },
})

async function tellOf(ctx: Ctx, { actor, record, data }: RapportEvent, actorOf: ActorOf): Promise<void> {
  const mentioned = (data['mentioned'] as string[] | undefined) ?? []
  const others = mentioned.filter((user) => user !== actor.id)
  if (others.length === 0) return
  const note = await findNote(ctx, String(data['note_id']))
  if (!note || note.deleted_at !== null) return
  for (const user_id of others) {
    const member = await actorOf(user_id, ctx.actor.organization_id)
    const kind = member && kindOf(record.object, member)
    if (!kind) continue
    const place = await findPlace(ctx, kind, record.id)
    if (!place || !mayReadAt(member, place)) continue
    ctx.emit({
      type: 'note.mentioned',
      record: { object: 'note', id: note.id },
      owner_id: user_id,
      data: { record: { object: record.object, id: record.id }, by_id: actor.id, member_id: user_id },
      unaudited: true,
    })
  }
}
