/** HTTP of the imports: upload, look, rehearse, start, watch, stop, and the file of what failed. */
import { Readable } from 'node:stream'
import { operations } from '@rapport/contracts'
import { systemActor, type Actor } from '../../platform/actor.ts'
import type { Module } from '../../platform/platform.ts'
import { conflict, notFound } from '../../platform/problems.ts'
import type { Ctx } from '../../platform/tenancy.ts'
import { importersInReach, maySeeImport, requireCompanies, requireRights } from './access.ts'
import { profileFile } from './analysis.ts'
import { plainReading, readingFor } from './context.ts'
import { describeFile } from './describe-file.ts'
import { rehearse } from './dry-run.ts'
import { attachmentHeader, writeErrorFile } from './error-file.ts'
import { presentKept } from './kept-page.ts'
import { importedObjects, importKind } from './kinds.ts'
import { filesOf } from './layout.ts'
import { readOwnNames } from './own-names.ts'
import { planImport } from './plan.ts'
import { presentImport, presentUpload, progressOf } from './presentation.ts'
import {
  findImport,
  insertImport,
  listImports,
  lockImport,
  updateImport,
  type ImportRow,
} from './repository.ts'
import { readRows } from './rows.ts'
import { giveUpImport, runImport, type RunnerParts } from './run.ts'
import { pauseImport, resumeImport, startUndo } from './steer.ts'
import { readAs } from './read-as.ts'
import { receiveUpload } from './upload.ts'

const { imports } = operations
const allow = 'leads:import'
const feature = 'imports'
const jobKind = 'imports.run'
const sweepKind = 'imports.sweep-file'
/** Days that an uploaded file waits to be brought in. */
const file_days = 14

export function importsModule({ actorOf }: Pick<RunnerParts, 'actorOf'>): Module {
  return ({ api, tenancy, jobs, storage, log }) => {
    const reading = (actor: Actor, object: string) => readingFor(tenancy, actor, object)
    const enqueue = (ctx: Ctx, import_id: string) => jobs.enqueue(ctx, jobKind, { import_id })

    api.route(imports.list, {
      allow,
      feature,
      run: async (ctx) => {
        const reach = importedObjects(ctx.actor).map((object) => ({
          object,
          importers: importersInReach(ctx.actor, object),
        }))
        return { items: (await listImports(ctx, reach)).map(presentImport), next_cursor: null }
      },
    })

    api.route(imports.upload, {
      allow,
      feature,
      handle: async ({ request, actor, inTenant }) => {
        const accept = (object: string) => requireRights(actor, importKind(object, actor))
        const { profile, ...received } = await receiveUpload(request, storage, actor.organization_id, accept)
        try {
          const context = await reading(actor, received.object)
          const described = await describeFile({ tenancy, actor, reading: context }, profile)
          const kept = await inTenant(actor, async (ctx) => {
            await jobs.enqueue(ctx, sweepKind, { import_id: received.id }, { after_s: file_days * 86_400 })
            return keepUpload(ctx, { ...received, ...described })
          })
          return presentUpload(actor, kept)
        } catch (error) {
          for (const file of filesOf({ ...received, layout: profile })) await storage.remove(file)
          throw error
        }
      },
    })

    api.route(imports.get, {
      allow,
      feature,
      run: async (ctx, { params }) => presentUpload(ctx.actor, await requireImport(ctx, params.id)),
    })

    api.route(imports.reread, {
      allow,
      feature,
      handle: async ({ actor, inTenant }, { params, body }) => {
        const found = await inTenant(actor, (ctx) => requireImport(ctx, params.id))
        if (found.state !== 'uploaded') throw notStartable(found)
        const { file_key, format } = readAs(found, body)
        const profile = await profileFile(storage.read(file_key), format)
        const context = await reading(actor, found.object)
        const described = await describeFile({ tenancy, actor, reading: context }, profile)
        return inTenant(actor, async (ctx) => {
          const current = await requireImport(ctx, params.id, lockImport)
          if (current.state !== 'uploaded') throw notStartable(current)
          const layout = JSON.stringify(described.layout)
          return presentUpload(actor, await updateImport(ctx, current.id, { ...described, file_key, layout }))
        })
      },
    })

    api.route(imports.validate, {
      allow,
      feature,
      handle: async ({ actor, inTenant }, { params, body }) => {
        const found = await inTenant(actor, (ctx) => requireImport(ctx, params.id))
        const context = await reading(actor, found.object)
        requireRights(actor, context.kind, body.duplicate_policy)
        if (body.create_companies) requireCompanies(actor)
        const { date_order = context.date_order, keep_unreadable } = body
        const choices = { ...context, date_order, keep_unreadable }
        const plan = planImport(found.layout, body.mapping, choices, actor)
        const read = () => readRows(storage.read(found.file_key), found.layout.format)
        const { duplicate_policy: policy, create_companies } = body
        const parts = { tenancy, actor, plan, policy, create_companies }
        return rehearse(parts, read(), await readOwnNames(plan, read))
      },
    })

    api.route(imports.start, {
      allow,
      feature,
      run: async (ctx, { params, body }) => {
        const found = await requireImport(ctx, params.id, lockImport)
        const context = plainReading(ctx.actor, found.object)
        requireRights(ctx.actor, context.kind, body.duplicate_policy)
        if (body.create_companies) requireCompanies(ctx.actor)
        planImport(found.layout, body.mapping, context, ctx.actor)
        // A failed import goes on where it stopped.
        const startable = found.state === 'uploaded' || (found.state === 'failed' && found.phase !== 'undo')
        if (!startable) throw notStartable(found)
        const started = await updateImport(ctx, found.id, {
          state: 'running',
          mapping: JSON.stringify(body.mapping),
          duplicate_policy: body.duplicate_policy,
          date_order: body.date_order ?? null,
          automation: body.automation,
          create_companies: body.create_companies,
          keep_unreadable: body.keep_unreadable,
          problem: null,
          finished_at: null,
        })
        await enqueue(ctx, found.id)
        ctx.emit(progressOf(started, found.state))
        return presentImport(started)
      },
    })

    api.route(imports.cancel, {
      allow,
      feature,
      run: async (ctx, { params }) => {
        const found = await requireImport(ctx, params.id, lockImport)
        if (found.state === 'cancelled') return presentImport(found)
        const stoppable = ['running', 'paused', 'uploaded'].includes(found.state) && found.phase !== 'undo'
        if (!stoppable)
          throw conflict('import_over', `The import is ${found.state}; there is nothing to stop.`, {
            current: presentImport(found),
          })
        const finished_at = new Date().toISOString()
        const cancelled = await updateImport(ctx, found.id, { state: 'cancelled', finished_at })
        ctx.emit(progressOf(cancelled, found.state))
        return presentImport(cancelled)
      },
    })

    api.route(imports.pause, {
      allow,
      feature,
      run: async (ctx, { params }) => pauseImport(ctx, await requireImport(ctx, params.id, lockImport)),
    })
    api.route(imports.resume, {
      allow,
      feature,
      run: async (ctx, { params }) =>
        resumeImport(ctx, await requireImport(ctx, params.id, lockImport), enqueue),
    })
    api.route(imports.undo, {
      allow,
      feature,
      run: async (ctx, { params }) =>
        startUndo(ctx, await requireImport(ctx, params.id, lockImport), enqueue),
    })
    api.route(imports.kept, {
      allow,
      feature,
      run: async (ctx, { params }) => presentKept(ctx, await requireImport(ctx, params.id)),
    })

    api.route(imports.errorFile, {
      allow,
      feature,
      handle: async ({ actor, inTenant, reply }, { params }) => {
        const found = await inTenant(actor, (ctx) => requireImport(ctx, params.id))
        void reply
          .header('content-type', 'text/csv; charset=utf-8')
          .header('content-disposition', attachmentHeader(found.file_name))
          .header('x-content-type-options', 'nosniff')
          .header('cache-control', 'no-store')
        await reply.send(Readable.from(writeErrorFile(tenancy, actor, found)))
        return undefined
      },
    })

    jobs.work(sweepKind, async ({ organization_id, import_id }) => {
      if (import_id == null) return log.error({ organization_id }, 'a sweep names no import')
      const forgotten = await tenancy.inTenant(systemActor(organization_id), (ctx) =>
        forgetImport(ctx, import_id),
      )
      for (const file of forgotten ? filesOf(forgotten) : []) await storage.remove(file)
    })

    jobs.work(
      jobKind,
      async ({ organization_id, user_id, import_id }, signal) => {
        if (import_id == null) return log.error({ organization_id }, 'an import job names no import')
        await runImport(
          { tenancy, storage, actorOf, readingFor: reading },
          { organization_id, user_id, import_id },
          signal,
        )
      },
      {
        // A list of ten does not wait for a million rows of somebody else, nor for two such files.
        at_once: 2,
        turn_s: 30,
        giveUp: async ({ organization_id, import_id }) => {
          if (import_id != null) await giveUpImport({ tenancy }, organization_id, import_id)
        },
      },
    )
  }
}

/** An import that nobody brought to an end is cancelled; answers one whose files are no longer needed. */
async function forgetImport(ctx: Ctx, id: string): Promise<ImportRow | null> {
  const found = await lockImport(ctx, id)
  if (!found || found.state === 'running' || found.state === 'paused') return null
  if (found.state === 'uploaded' || found.state === 'failed') {
    const finished_at = new Date().toISOString()
    ctx.emit(progressOf(await updateImport(ctx, id, { state: 'cancelled', finished_at })))
  }
  return found
}

async function keepUpload(ctx: Ctx, received: Parameters<typeof insertImport>[1]): Promise<ImportRow> {
  const { id, object, file_name, total } = received
  ctx.audit({
    action: 'import.uploaded',
    object: 'import',
    record_id: id,
    record_name: file_name,
    after: { file_name, object, total },
  })
  return insertImport(ctx, received)
}

async function requireImport(ctx: Ctx, id: string, find = findImport): Promise<ImportRow> {
  const found = await find(ctx, id)
  // Of an object that was retired since, nothing can be shown.
  const isThere = found && importedObjects(ctx.actor).includes(found.object)
  if (!found || !isThere || !maySeeImport(ctx.actor, found)) throw notFound('import', id)
  return found
}

const notStartable = (found: ImportRow) =>
  conflict('import_started', `The import is ${found.state} and cannot be started.`, {
    current: presentImport(found),
  })
