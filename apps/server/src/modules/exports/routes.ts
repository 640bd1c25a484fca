import { export_days, operations } from '@rapport/contracts'
import { systemActor } from '../../platform/actor.ts'
import type { Module } from '../../platform/platform.ts'
import { conflict } from '../../platform/problems.ts'
import type { Storage } from '../../platform/storage/index.ts'
import type { Ctx } from '../../platform/tenancy.ts'
import type { RunnerParts } from '../bulk/index.ts'
import { readersOfAny } from '../records/index.ts'
import { fileKey } from './keys.ts'
import { presentExport } from './presentation.ts'
import { forgetFiles, listExports, listFiles } from './repository.ts'
import { giveUpExport, runExport } from './run.ts'
import { requireExport, startExport } from './start.ts'

const jobKind = 'exports.run'
const sweepKind = 'exports.sweep'
/** A little after the file's last day. */
const sweepAfter_s = export_days * 24 * 3600 + 60

/** Comes after the modules of all kinds of records. */
export function exportsModule({ actorOf }: Pick<RunnerParts, 'actorOf'>): Module {
  return ({ api, tenancy, jobs, storage }) => {
    const { exports } = operations
    const allow = readersOfAny()
    const enqueue = async (ctx: Ctx, export_id: string) => {
      await jobs.enqueue(ctx, jobKind, { export_id })
      await jobs.enqueue(ctx, sweepKind, {}, { after_s: sweepAfter_s })
    }

    api.route(exports.list, {
      allow,
      run: async (ctx) => ({ items: (await listExports(ctx)).map(presentExport), next_cursor: null }),
    })
    api.route(exports.create, { allow, run: (ctx, { body }) => startExport(ctx, body, enqueue) })
    api.route(exports.get, {
      allow,
      run: async (ctx, { params }) => presentExport(await requireExport(ctx, params.id)),
    })
    api.route(exports.file, {
      allow,
      async handle({ actor, inTenant, reply }, { params }) {
        const { id, format, file_name, bytes } = await inTenant(actor, (ctx) => fetchable(ctx, params.id))
        void reply
          .header('content-type', 'application/octet-stream')
          .header('content-length', bytes)
          .header('content-disposition', `attachment; filename*=UTF-8''${encodeURIComponent(file_name)}`)
          .header('x-content-type-options', 'nosniff')
          .header('cache-control', 'private, no-store')
        await reply.send(storage.read(fileKey(actor.organization_id, { id, format })))
        return undefined
      },
    })

    jobs.work(
      jobKind,
      async ({ organization_id, export_id }, signal) => {
        if (export_id == null) throw new Error('A job names no export.')
        await runExport({ tenancy, storage, actorOf }, { organization_id, export_id }, signal)
      },
      {
        at_once: 2,
        giveUp: async ({ organization_id, export_id }) => {
          if (export_id != null) await giveUpExport({ tenancy, storage }, { organization_id, export_id })
        },
      },
    )
    jobs.work(sweepKind, ({ organization_id }) =>
      tenancy.inTenant(systemActor(organization_id), (ctx) => sweepFiles(ctx, storage)),
    )
  }
}

/** Who takes the file away with them is told in the log. */
async function fetchable(ctx: Ctx, id: string) {
  const row = await requireExport(ctx, id)
  const { bytes, file_name, object, done } = row
  if (bytes === null)
    throw conflict('export_not_ready', 'There is no file: it is not written yet, or its days are over.', {
      current: presentExport(row),
    })
  ctx.audit({
    action: 'export.fetched',
    object: 'export',
    record_id: row.id,
    after: { file_name, object, records: done },
  })
  return { ...row, bytes }
}

/** Files go before it is forgotten that they are there, so that none is left behind by a crash. */
export async function sweepFiles(ctx: Ctx, storage: Storage): Promise<void> {
  const over = await listFiles(ctx, 'over')
  for (const file of over) await storage.remove(fileKey(ctx.actor.organization_id, file))
  await forgetFiles(
    ctx,
    over.map(({ id }) => id),
  )
}
