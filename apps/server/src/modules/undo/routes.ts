import { operations } from '@rapport/contracts'
import type { Module } from '../../platform/platform.ts'
import { enqueueWith } from '../bulk/index.ts'
import { readersOfAny } from '../records/index.ts'
import { findLastChange, tellChange } from './last-change.ts'
import { takeBackLast } from './take-back.ts'

const { undo } = operations

/** Comes after the modules of all kinds of records. */
export const undoModule: Module = ({ api, jobs }) => {
  const allow = readersOfAny()
  const enqueue = enqueueWith(jobs)
  api.route(undo.peek, {
    allow,
    run: async (ctx) => {
      const last = await findLastChange(ctx)
      return { change: last && (await tellChange(ctx, last)) }
    },
  })
  api.route(undo.undo, {
    allow,
    handle: ({ actor, inTenant }, { body }) => takeBackLast({ inTenant, enqueue }, actor, body),
  })
}
