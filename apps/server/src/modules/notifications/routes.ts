import { operations, type Reading } from '@rapport/contracts'
import type { FastifyInstance } from 'fastify'
import type { Module } from '../../platform/platform.ts'
import type { Ctx } from '../../platform/tenancy.ts'
import { createPusher } from '../push/index.ts'
import { readersOfAny } from '../records/index.ts'
import type { People } from '../../platform/realtime/people.ts'
import { digesting, sendDigests } from './digest.ts'
import { follow, readFollowing } from './following.ts'
import { pushing, queuePushes, sendOne } from './pushing.ts'
import { readPage, readUnread } from './read.ts'
import { markRead, readSettings } from './repository.ts'
import { changeSettings } from './settings.ts'
import { sweep, sweeping } from './sweep.ts'
import { tellMembers, type ActorOf } from './tell.ts'
import { createUnsubscribeTokens } from './unsubscribe-tokens.ts'
import { createUnsubscribe, serveUnsubscribe } from './unsubscribe.ts'
import { presentSettings } from './ways.ts'

/** `http`: mail programs know nothing of the API. */
type Parts = { actorOf: ActorOf; people: People; http: FastifyInstance }

/** Comes after the modules of all kinds of records. */
export const notificationsModule =
  ({ actorOf, people, http }: Parts): Module =>
  (platform) => {
    const { api, events, alarms, mail, jobs, tenancy, environment } = platform
    const { notifications } = operations
    const [belonging, reading] = ['organization:read' as const, readersOfAny()]
    events.subscribe(tellMembers({ actorOf, alarms }))
    alarms.on(sweeping, sweep)
    const tokens = createUnsubscribeTokens(environment.secretKeys)
    const unsubscribe = createUnsubscribe({ tokens, tenancy, alarms, actorOf })
    serveUnsubscribe(http, unsubscribe)
    alarms.on(digesting, sendDigests({ actorOf, mail, tokens }))
    alarms.on(pushing, queuePushes({ jobs, people }))
    jobs.work(pushing, sendOne({ tenancy, actorOf, pusher: createPusher(platform) }), { at_once: 4 })

    api.route(notifications.list, { allow: belonging, run: (ctx, { query }) => readPage(ctx, query) })
    api.route(notifications.read, { allow: belonging, run: (ctx, { body }) => mark(ctx, body) })
    api.route(notifications.settings, {
      allow: belonging,
      run: async (ctx) => presentSettings(await readSettings(ctx, ctx.actor.user_id)),
    })
    api.route(notifications.updateSettings, {
      allow: belonging,
      run: (ctx, { body }) => changeSettings(ctx, alarms, body),
    })
    api.route(notifications.unsubscribe, {
      allow: 'public',
      async handle(_ctx, { body }) {
        await unsubscribe(body.token)
        return undefined
      },
    })
    api.route(notifications.following, { allow: reading, run: (ctx, { query }) => readFollowing(ctx, query) })
    api.route(notifications.follow, {
      allow: reading,
      run: (ctx, { body }) => follow(ctx, body.record, body.following),
    })
  }

/** Every window of the person learns of it. */
async function mark(ctx: Ctx, { ids, group, read }: Reading): Promise<{ unread: number }> {
  const { user_id } = ctx.actor
  const changed = await markRead(ctx, { ids, group }, read)
  const unread = await readUnread(ctx)
  if (changed > 0 && user_id !== null)
    ctx.emit({
      type: 'notification.read',
      record: { object: 'notification', id: user_id },
      owner_id: user_id,
      data: { unread },
      unaudited: true,
    })
  return { unread }
}
