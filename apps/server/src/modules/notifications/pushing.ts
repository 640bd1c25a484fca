/**
 * Pushes: what has not been seen goes to the browsers of its reader. An alarm takes what is due and queues a job for each
 * browser, in one transaction, so each is told once; the job asks again whether it is still news and what the reader may
 * know of it then. Whoever is at a window that shows it has it there: it is pushed only if they leave without reading it.
 */
import type { NotificationGroup, NotificationType, PushMessage } from '@rapport/contracts'
import { sql } from 'kysely'
import { systemActor, type Actor } from '../../platform/actor.ts'
import type { JobHandler, Jobs } from '../../platform/jobs.ts'
import type { People } from '../../platform/realtime/people.ts'
import type { Ctx, Tenancy } from '../../platform/tenancy.ts'
import { findDevices, type Pusher } from '../push/index.ts'
import { presentGroups } from './read.ts'
import { readSettings, readSettingsOf } from './repository.ts'
import type { ActorOf } from './tell.ts'
import { comesBy, waysOf } from './ways.ts'
import { headOf, sentenceOf } from './words.ts'

/** The name of the alarm, and of the job. */
export const pushing = 'notifications.push'
const atOnce = 200
const lookAgain_s = 60
/** Whoever has been at the app for so long without reading it will find it there. */
const followedFor_s = 900

type Due = {
  id: string
  user_id: string
  type: NotificationType
  object: string
  record_id: string | null
  read: boolean
  fresh: boolean
}

type Parts = { jobs: Pick<Jobs, 'enqueue'>; people: People }

/** Answers when the next one is due, at once while there are more. */
export const queuePushes =
  ({ jobs, people }: Parts) =>
  async (ctx: Ctx): Promise<string | null> => {
    const due = (await takeDue(ctx)).filter(({ read }) => !read)
    const user_ids = [...new Set(due.map(({ user_id }) => user_id))]
    const states = await people.statesOf(ctx.actor.organization_id)
    const settingsOf = await readSettingsOf(ctx, user_ids)
    const isShown = ({ user_id, type }: Due) =>
      states.get(user_id) === 'online' && comesBy(settingsOf(user_id), type, 'toast')
    await postpone(
      ctx,
      due.filter((one) => isShown(one) && one.fresh),
    )
    const devices = await findDevices(ctx.tx, ctx.actor.organization_id, user_ids)
    for (const { id, user_id } of newestOfEach(due.filter((one) => !isShown(one))))
      for (const { session_id } of devices.filter((device) => device.user_id === user_id))
        await jobs.enqueue(ctx, pushing, { notification_id: id, reader_id: user_id, session_id })
    return nextDue(ctx)
  }

async function takeDue({ tx, actor }: Ctx): Promise<Due[]> {
  const { rows } = await sql<Due>`
    UPDATE notifications SET push_due_at = NULL
    WHERE organization_id = ${actor.organization_id}::uuid AND id IN (
      SELECT id FROM notifications WHERE organization_id = ${actor.organization_id}::uuid AND push_due_at <= now()
      ORDER BY push_due_at LIMIT ${atOnce})
    RETURNING id, user_id, type, object, record_id, read_at IS NOT NULL AS read,
      created_at > now() - make_interval(secs => ${followedFor_s}) AS fresh`.execute(tx)
  return rows
}

async function postpone({ tx, actor }: Ctx, due: readonly Due[]): Promise<void> {
  if (due.length === 0) return
  await sql`
    UPDATE notifications SET push_due_at = now() + make_interval(secs => ${lookAgain_s})
    WHERE organization_id = ${actor.organization_id}::uuid AND id = ANY(${due.map(({ id }) => id)}::uuid[])`.execute(
    tx,
  )
}

async function nextDue({ tx, actor }: Ctx): Promise<string | null> {
  const { rows } = await sql<{ due: string | null }>`
    SELECT min(push_due_at) AS due FROM notifications
    WHERE organization_id = ${actor.organization_id}::uuid AND push_due_at IS NOT NULL`.execute(tx)
  return rows[0]?.due ?? null
}

/** Ten messages in one conversation are one push, of the last. */
function newestOfEach(due: readonly Due[]): Due[] {
  const newest = new Map<string, Due>()
  for (const one of due.toSorted((a, b) => (a.id < b.id ? -1 : 1)))
    newest.set(`${one.user_id} ${one.object} ${one.record_id}`, one)
  return [...newest.values()]
}

type Sending = { tenancy: Pick<Tenancy, 'inTenant'>; actorOf: ActorOf; pusher: Pick<Pusher, 'push'> }

export const sendOne =
  ({ tenancy, actorOf, pusher }: Sending): JobHandler =>
  async ({ organization_id, notification_id, reader_id, session_id }) => {
    if (!notification_id || !reader_id || !session_id) return
    const reader = await actorOf(reader_id, organization_id)
    if (!reader) return
    const message = await tenancy.inTenant(systemActor(organization_id), async ({ tx }) => {
      const devices = await findDevices(tx, organization_id, [reader_id])
      return devices.some((device) => device.session_id === session_id)
        ? findMessage({ tx, actor: reader }, notification_id)
        : null
    })
    if (!message) return
    const topic = notification_id.replaceAll('-', '')
    const outcome = await pusher.push({ session_id, user_id: reader_id, message, topic })
    if (outcome === 'later') throw new Error('The push service does not take the push now.')
  }

type Context = { tx: Ctx['tx']; actor: Actor }

/** As the reader may know it now; null for what is read, not to be known any more, or to wait for a quieter hour's end. */
async function findMessage(ctx: Context, id: string): Promise<PushMessage | null> {
  const { rows } = await sql<{ type: NotificationType; object: string; record_id: string | null }>`
    SELECT type, object, record_id FROM notifications
    WHERE organization_id = ${ctx.actor.organization_id}::uuid AND user_id = ${ctx.actor.user_id}::uuid AND id = ${id}::uuid
      AND read_at IS NULL`.execute(ctx.tx)
  const [row] = rows
  if (!row) return null
  const settings = await readSettings(ctx, ctx.actor.user_id)
  const now = new Date()
  const { push_due_at } = waysOf(settings, { type: row.type, time_zone: ctx.actor.time_zone, now })
  if (push_due_at === null) return null
  const [group] = await presentGroups(ctx, [{ ...row, ids: [id], count: 1, unread: 1 }])
  return group ? messageOf(group, ctx.actor.language) : null
}

const longestTitle = 120
const longestBody = 240

function messageOf(group: NotificationGroup, lang: 'en' | 'pt-BR'): PushMessage | null {
  const { object, record_id, latest } = group
  const [one] = latest
  if (!one) return null
  const said = sentenceOf(one, lang)
  const head = headOf(group, lang)
  const message_id = one.data['message_id']
  const query = new URLSearchParams({
    object,
    ...(record_id === null ? {} : { id: record_id }),
    ...(typeof message_id === 'string' ? { message: message_id } : {}),
    ...(object === 'job' ? { type: one.type, of: String(one.data['object']) } : {}),
  })
  return {
    title: (head ?? said).slice(0, longestTitle),
    body: head === null ? '' : said.slice(0, longestBody),
    tag: `${object} ${record_id}`,
    open: `/told?${query}`,
    lang,
  }
}
