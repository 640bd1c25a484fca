import { operations } from '@rapport/contracts'
import type { Actor } from '../../platform/actor.ts'
import type { Module } from '../../platform/platform.ts'
import { changersOfAny, readersOfAny } from '../records/index.ts'
import { describeFoundNotes } from './found.ts'
import { tellMentioned } from './mentions.ts'
import { readNote, readNotesOf, readVersions } from './read.ts'
import { changeNote, restore, trash, writeNote } from './service.ts'

type Parts = { actorOf: (user_id: string, organization_id: string) => Promise<Actor | null> }

/** Comes after the modules of all kinds of records. */
export const notesModule =
  ({ actorOf }: Parts): Module =>
  ({ api, events }) => {
    const { notes } = operations
    const [reading, writing] = [readersOfAny(), changersOfAny()]
    events.subscribe(tellMentioned(actorOf))
    describeFoundNotes()

    api.route(notes.list, { allow: reading, run: (ctx, { query }) => readNotesOf(ctx, query) })
    api.route(notes.get, { allow: reading, run: (ctx, { params }) => readNote(ctx, params.id) })
    api.route(notes.versions, {
      allow: reading,
      run: (ctx, { params, query }) => readVersions(ctx, params.id, query),
    })
    api.route(notes.create, { allow: writing, run: (ctx, { body }) => writeNote(ctx, body) })
    api.route(notes.update, {
      allow: writing,
      run: (ctx, { params, body: { version = ctx.if_match, ...wanted } }) =>
        changeNote(ctx, params.id, { ...wanted, version }),
    })
    api.route(notes.remove, {
      allow: writing,
      run: async (ctx, { params }) => {
        await trash(ctx, params.id)
        return undefined
      },
    })
    api.route(notes.restore, { allow: writing, run: (ctx, { params }) => restore(ctx, params.id) })
  }
