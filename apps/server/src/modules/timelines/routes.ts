import { operations } from '@rapport/contracts'
import type { Module } from '../../platform/platform.ts'
import { changersOfAny, readersOfAny } from '../records/index.ts'
import { readOwners } from './owners.ts'
import { setPinned } from './pin.ts'
import { relateTimelines } from './related.ts'
import { visitRecord } from './visits.ts'

/** Comes after the modules of all kinds of records. */
export const timelinesModule: Module = ({ api }) => {
  const { timelines } = operations
  relateTimelines()
  api.route(timelines.pin, {
    allow: changersOfAny(),
    run: (ctx, { params, body }) => setPinned(ctx, params.id, body.pinned),
  })
  api.route(timelines.owners, {
    allow: readersOfAny(),
    run: async (ctx, { query }) => ({ items: await readOwners(ctx, query), next_cursor: null }),
  })
  api.route(timelines.visit, {
    allow: readersOfAny(),
    run: async (ctx, { body }) => ({ previous_at: await visitRecord(ctx, body.record) }),
  })
}
