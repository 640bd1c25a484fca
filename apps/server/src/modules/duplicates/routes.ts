/** HTTP of duplicates. */
import { operations } from '@rapport/contracts'
import type { Module } from '../../platform/platform.ts'
import { permissionMissing } from '../../platform/problems.ts'
import { changersOfAny, kindFamilies, readersOfAny } from '../records/index.ts'
import { findWhileTyping } from './entry.ts'
import { mergeRecords } from './merge.ts'
import { undoMerge } from './unmerge.ts'
import { tellHistoryOfLosers } from './timeline.ts'
import { decidePair, readDuplicates, readDuplicatesOf, requireKind } from './read.ts'
import { giveUpScan, runScan, startScan, type ScanParts } from './scan.ts'

const { duplicates } = operations
const scanKind = 'duplicates.scan'

/** Comes after the modules of all kinds of records. */
export function duplicatesModule({ actorOf }: Pick<ScanParts, 'actorOf'>): Module {
  return ({ api, tenancy, jobs }) => {
    tellHistoryOfLosers()
    for (const { operations: of, permissions, kindAt } of kindFamilies()) {
      api.route(of.likeness, {
        allow: permissions.read,
        run: async (ctx, { params, body }) => ({
          items: await findWhileTyping(ctx, kindAt(ctx.actor, params), body.values),
        }),
      })
      api.route(of.merge, {
        allow: permissions.update,
        run: (ctx, { params, body }) => mergeRecords(ctx, kindAt(ctx.actor, params), body),
      })
      api.route(of.duplicates, {
        allow: permissions.read,
        run: (ctx, { params }) => readDuplicatesOf(ctx, kindAt(ctx.actor, params), params.id),
      })
    }
    api.route(duplicates.list, {
      allow: readersOfAny(),
      run: (ctx, { query }) => readDuplicates(ctx, query),
    })
    api.route(duplicates.scan, {
      allow: changersOfAny(),
      run: async (ctx, { body }) => {
        const kind = requireKind(ctx.actor, body.object)
        const { update } = kind.records.permissions
        if (ctx.actor.grants[update] === undefined) throw permissionMissing(ctx.actor, update)
        return { job_id: await startScan(ctx, kind, (job_id) => jobs.enqueue(ctx, scanKind, { job_id })) }
      },
    })
    for (const [operation, state] of [
      [duplicates.dismiss, 'dismissed'],
      [duplicates.reopen, 'open'],
    ] as const)
      api.route(operation, {
        allow: changersOfAny(),
        run: (ctx, { params }) => decidePair(ctx, params.id, state),
      })
    api.route(duplicates.undoMerge, {
      allow: changersOfAny(),
      run: (ctx, { params }) => undoMerge(ctx, params.id),
    })
    jobs.work(
      scanKind,
      async ({ organization_id, user_id, job_id }, signal) => {
        if (job_id == null) throw new Error('A scan names no job.')
        await runScan({ tenancy, actorOf }, { organization_id, user_id, job_id }, signal)
      },
      {
        giveUp: async ({ organization_id, job_id }) => {
          if (job_id != null) await giveUpScan({ tenancy }, organization_id, job_id)
        },
      },
    )
  }
}
