import { Readable } from 'node:stream'
import { operations } from '@rapport/contracts'
import type { Actor } from '../../platform/actor.ts'
import type { Module } from '../../platform/platform.ts'
import type { People } from '../../platform/realtime/people.ts'
import { deleteMessage, editMessage, react, setPinned, unreact } from './change.ts'
import { changeChannel, openChannel, readChannel, readChannels } from './channels.ts'
import { readDrafts, setDraft } from './drafts.ts'
import { beginExport } from './export.ts'
import { holdChannelFiles, readFiles } from './files.ts'
import { makePreviews, previewLinks } from './links.ts'
import { markRead, readPins } from './marks.ts'
import { createMessageLimit } from './limits.ts'
import { invite, joinChannel, readMembers, removeMember, setSettings } from './members.ts'
import { readMessage, readMessages, readVersions } from './messages.ts'
import { postMessage } from './post.ts'
import { messageReminder, readReminders, remindOf, removeReminder, ringReminders } from './reminders.ts'
import { keepRetention, messageRetention } from './retention.ts'
import { searchMessages } from './search.ts'

type Parts = {
  actorOf: (user_id: string, organization_id: string) => Promise<Actor | null>
  people: People
}

const done = async (work: Promise<unknown>): Promise<undefined> => {
  await work
  return undefined
}

/** Comes after the modules of all kinds of records. */
export const chatModule =
  ({ actorOf, people }: Parts): Module =>
  ({ api, alarms, jobs, tenancy, limits, guardedFetch }) => {
    const { chat } = operations
    const parts = { actorOf, previews: jobs, people }
    const reads = { allow: 'chat:read' } as const
    const writes = { allow: 'chat:write' } as const
    holdChannelFiles()
    const countMessage = createMessageLimit(limits)
    alarms.on(messageReminder, ringReminders)
    alarms.on(messageRetention, keepRetention)
    jobs.work(previewLinks, (data) => makePreviews({ tenancy, guardedFetch }, data), { at_once: 2 })

    api.route(chat.channels, { ...reads, run: (ctx, { query }) => readChannels(ctx, query) })
    api.route(chat.channel, { ...reads, run: (ctx, { params }) => readChannel(ctx, params.id) })
    api.route(chat.createChannel, { ...writes, run: (ctx, { body }) => openChannel(ctx, body) })
    api.route(chat.updateChannel, {
      ...writes,
      run: (ctx, { params, body: { version = ctx.if_match, ...wanted } }) =>
        changeChannel(ctx, alarms, params.id, { ...wanted, version }),
    })
    api.route(chat.members, { ...reads, run: (ctx, { params }) => readMembers(ctx, params.id) })
    api.route(chat.invite, {
      ...writes,
      run: (ctx, { params, body }) => invite(ctx, params.id, body.user_ids),
    })
    api.route(chat.removeMember, {
      ...reads,
      run: (ctx, { params }) => done(removeMember(ctx, params.id, params.user_id)),
    })
    api.route(chat.join, { ...writes, run: (ctx, { params }) => joinChannel(ctx, params.id) })
    api.route(chat.setSettings, {
      ...reads,
      run: (ctx, { params, body }) => setSettings(ctx, params.id, body),
    })
    api.route(chat.read, { ...reads, run: (ctx, { params, body }) => markRead(ctx, params.id, body) })

    api.route(chat.messages, {
      ...reads,
      run: (ctx, { params, query }) => readMessages(ctx, params.id, query),
    })
    api.route(chat.post, {
      ...writes,
      async run(ctx, { params, body }) {
        await countMessage(ctx.actor.organization_id, ctx.actor.user_id)
        return postMessage(ctx, parts, params.id, body)
      },
    })
    api.route(chat.message, { ...reads, run: (ctx, { params }) => readMessage(ctx, params.id) })
    api.route(chat.edit, {
      ...writes,
      run: (ctx, { params, body }) => editMessage(ctx, parts, params.id, body.body),
    })
    api.route(chat.remove, { ...writes, run: (ctx, { params }) => done(deleteMessage(ctx, params.id)) })
    api.route(chat.versions, { ...reads, run: (ctx, { params }) => readVersions(ctx, params.id) })
    api.route(chat.react, { ...writes, run: (ctx, { params }) => react(ctx, params.id, params.emoji) })
    api.route(chat.unreact, { ...writes, run: (ctx, { params }) => unreact(ctx, params.id, params.emoji) })
    api.route(chat.pins, { ...reads, run: (ctx, { params }) => readPins(ctx, params.id) })
    api.route(chat.pin, { ...writes, run: (ctx, { params }) => setPinned(ctx, params.id, true) })
    api.route(chat.unpin, { ...writes, run: (ctx, { params }) => setPinned(ctx, params.id, false) })

    api.route(chat.reminders, { ...reads, run: (ctx) => readReminders(ctx) })
    api.route(chat.remind, {
      ...reads,
      run: (ctx, { params, body }) => remindOf(ctx, alarms, params.id, body),
    })
    api.route(chat.removeReminder, {
      ...reads,
      run: (ctx, { params }) => done(removeReminder(ctx, params.id)),
    })
    api.route(chat.drafts, { ...reads, run: (ctx) => readDrafts(ctx) })
    api.route(chat.setDraft, {
      ...writes,
      run: (ctx, { params, body }) => done(setDraft(ctx, params.id, body)),
    })
    api.route(chat.search, { ...reads, run: (ctx, { query }) => searchMessages(ctx, query) })
    api.route(chat.files, { ...reads, run: (ctx, { params, query }) => readFiles(ctx, params.id, query) })
    api.route(chat.export, {
      allow: 'chat:manage',
      async handle({ actor, reply }, { params }) {
        const lines = await beginExport({ tenancy, actor }, params.id)
        void reply
          .header('content-type', 'application/x-ndjson')
          .header('content-disposition', 'attachment; filename="channel.ndjson"')
          .header('cache-control', 'private, no-store')
        await reply.send(Readable.from(lines))
        return undefined
      },
    })
  }
