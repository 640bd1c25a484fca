/**
 * The subscriber that tells members what happened: in the transaction that moves its place among the events, so each of
 * them is told once. Nobody is told what they did themselves, nor of what they may not read.
 */
import type { RapportEvent } from '@rapport/contracts'
import { newId } from '../../platform/ids.ts'
import type { Actor } from '../../platform/actor.ts'
import type { Alarms } from '../../platform/alarms.ts'
import type { Subscription } from '../../platform/events/subscriptions.ts'
import type { Ctx } from '../../platform/tenancy.ts'
import { factsOf, newsworthy } from './facts.ts'
import { takePart } from './following.ts'
import { digesting } from './digest.ts'
import { findDevices } from '../push/index.ts'
import { pushing } from './pushing.ts'
import { findRecipients, type Telling } from './recipients.ts'
import { addToUnread, insertNotifications, readSettingsOf } from './repository.ts'
import { readAlong } from './read-along.ts'
import { setSweep } from './sweep.ts'
import { mayKnow } from './subjects.ts'
import { waysOf } from './ways.ts'

export type ActorOf = (user_id: string, organization_id: string) => Promise<Actor | null>
type Parts = { actorOf: ActorOf; alarms: Pick<Alarms, 'set'> }

export const tellMembers = (parts: Parts): Subscription => ({
  name: 'notifications.tell',
  types: newsworthy,
  // What an import brings is news at its end, and to whoever began it.
  without: 'import_id',
  async handle(ctx, events) {
    await takePart(ctx, events)
    await tell(ctx, parts, events)
    await readAlong(ctx, events)
  },
})

async function tell(ctx: Ctx, { actorOf, alarms }: Parts, events: readonly RapportEvent[]): Promise<void> {
  const facts = events.flatMap(factsOf)
  if (facts.length === 0) return
  const { tellings, subjects } = await findRecipients(ctx, facts)
  if (tellings.length === 0) return
  const settingsOf = await readSettingsOf(ctx, [...new Set(tellings.map(({ user_id }) => user_id))])
  const now = new Date()
  const reachable = await findReachable(ctx, tellings)
  const news: (Telling & ReturnType<typeof waysOf> & { id: string })[] = []
  for (const [user_id, some] of Map.groupBy(tellings, (one) => one.user_id)) {
    const member = await actorOf(user_id, ctx.actor.organization_id)
    if (!member) continue
    for (const telling of some) {
      if (!mayKnow(member, telling, subjects.find(telling))) continue
      const ways = waysOf(settingsOf(user_id), { type: telling.type, time_zone: member.time_zone, now })
      const push_due_at = reachable.has(user_id) ? ways.push_due_at : null
      if (ways.in_app || ways.mail_due_at !== null || ways.toast || push_due_at !== null)
        news.push({ ...telling, ...ways, push_due_at, id: newId() })
    }
  }
  if (news.length === 0) return
  const added = await addToUnread(ctx, news)
  const written = await insertNotifications(
    ctx,
    news.filter(({ id }) => !added.has(id)),
  )
  for (const { id, user_id, type, object, record_id, toast, sound } of news)
    if (added.get(id) === 'now' || written.has(id))
      ctx.emit({
        type: 'notification.created',
        record: { object: 'notification', id },
        owner_id: user_id,
        data: { type, object, record_id, toast, sound: sound && !added.has(id) },
        unaudited: true,
      })
  await setSweep(ctx, alarms, now)
  const digest = earliest(news.map(({ mail_due_at }) => mail_due_at))
  if (digest) await alarms.set(ctx, digesting, digest.toISOString())
  if (news.some(({ push_due_at }) => push_due_at !== null)) await alarms.set(ctx, pushing, now.toISOString())
}

/** Who has a browser that is pushed to: of the others, nothing waits. */
async function findReachable({ tx, actor }: Ctx, tellings: readonly Telling[]): Promise<Set<string>> {
  const user_ids = [...new Set(tellings.map(({ user_id }) => user_id))]
  const devices = await findDevices(tx, actor.organization_id, user_ids)
  return new Set(devices.map(({ user_id }) => user_id))
}

const earliest = (times: readonly (Date | null)[]): Date | undefined =>
  times.filter((time) => time !== null).toSorted((a, b) => a.getTime() - b.getTime())[0]
