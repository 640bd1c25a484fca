/** HTTP of the imports: upload, look, rehearse, start, watch, stop, and the file of what failed. */
import { Readable } from 'node:stream'
import { operations } from '@rapport/contracts'
import { systemActor, type Actor } from '../../platform/actor.ts'
import type { Module } from '../../platform/platform.ts'
import { conflict, forbidden, notFound } from '../../platform/problems.ts'
import type { Ctx } from '../../platform/tenancy.ts'
import { listMembers } from '../identity/index.ts'
import { ownFieldsOf } from '../records/index.ts'
import { importersInReach, maySeeImport } from './access.ts'
import { createMemberFinder } from './choices.ts'
import { rehearse } from './dry-run.ts'
import { attachmentHeader, writeErrorFile } from './error-file.ts'
import { planImport } from './plan.ts'
import type { DuplicatePolicy } from './policy.ts'
import { presentImport, presentUpload, progressOf } from './presentation.ts'
import type { ReadingContext } from './readers.ts'
import {
  findImport,
  insertImport,
  listImports,
  lockImport,
  updateImport,
  type ImportRow,
} from './repository.ts'
import { readRows } from './rows.ts'
import { runImport, type RunnerParts } from './run.ts'
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
    const readingFor = async (actor: Actor): Promise<ReadingContext> => {
      const members = await tenancy.inSystem((tx) => listMembers(tx, actor.organization_id))
      return {
        home_currency: actor.currency,
        home_country: actor.country,
        findMember: createMemberFinder(members),
        own: ownFieldsOf(actor, 'lead'),
      }
    }

    api.route(imports.list, {
      allow,
      feature,
      run: async (ctx) => ({
        items: (await listImports(ctx, importersInReach(ctx.actor))).map(presentImport),
        next_cursor: null,
      }),
    })

    api.route(imports.upload, {
      allow,
      feature,
      handle: async ({ request, actor, inTenant }) => {
        const received = await receiveUpload(request, storage, actor.organization_id, () => readingFor(actor))
        const kept = await inTenant(actor, async (ctx) => {
          await jobs.enqueue(ctx, sweepKind, { import_id: received.id }, { after_s: file_days * 86_400 })
          return keepUpload(ctx, received)
        })
        return presentUpload(actor, kept)
      },
    })

    api.route(imports.get, {
      allow,
      feature,
      run: async (ctx, { params }) => presentUpload(ctx.actor, await requireImport(ctx, params.id)),
    })

    api.route(imports.validate, {
      allow,
      feature,
      handle: async ({ actor, inTenant }, { params, body }) => {
        const found = await inTenant(actor, (ctx) => requireImport(ctx, params.id))
        requireUpdate(actor, body.duplicate_policy)
        const plan = planImport(found.layout, body.mapping, await readingFor(actor), actor)
        const rows = readRows(storage.read(found.file_key), found.layout.format)
        return rehearse(tenancy, actor, plan, body.duplicate_policy, rows)
      },
    })

    api.route(imports.start, {
      allow,
      feature,
      run: async (ctx, { params, body }) => {
        const found = await requireImport(ctx, params.id, lockImport)
        requireUpdate(ctx.actor, body.duplicate_policy)
        planImport(found.layout, body.mapping, unread, ctx.actor)
        // A failed import goes on where it stopped.
        if (found.state !== 'uploaded' && found.state !== 'failed') throw notStartable(found)
        const started = await updateImport(ctx, found.id, {
          state: 'running',
          mapping: JSON.stringify(body.mapping),
          duplicate_policy: body.duplicate_policy,
          problem: null,
          finished_at: null,
        })
        await jobs.enqueue(ctx, jobKind, { import_id: found.id })
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
        if (found.state !== 'running' && found.state !== 'uploaded')
          throw conflict('import_over', `The import is ${found.state}; there is nothing to stop.`, {
            current: presentImport(found),
          })
        const finished_at = new Date().toISOString()
        const cancelled = await updateImport(ctx, found.id, { state: 'cancelled', finished_at })
        ctx.emit(progressOf(cancelled, found.state))
        return presentImport(cancelled)
      },
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
      const file_key = await tenancy.inTenant(systemActor(organization_id), (ctx) =>
        giveUpImport(ctx, import_id),
      )
      if (file_key !== null) await storage.remove(file_key)
    })

    jobs.work(jobKind, async ({ organization_id, user_id, import_id }, signal) => {
      if (import_id == null) return log.error({ organization_id }, 'an import job names no import')
      await runImport(
        { tenancy, storage, actorOf, readingFor },
        { organization_id, user_id, import_id },
        signal,
      )
    })
  }
}

/** An import that nobody brought to an end is cancelled; answers the file that is no longer needed, if any. */
async function giveUpImport(ctx: Ctx, id: string): Promise<string | null> {
  const found = await lockImport(ctx, id)
  if (!found || found.state === 'running') return null
  if (found.state === 'uploaded' || found.state === 'failed') {
    const finished_at = new Date().toISOString()
    ctx.emit(progressOf(await updateImport(ctx, id, { state: 'cancelled', finished_at })))
  }
  return found.file_key
}

/** Enough to check a mapping with; no value is read. */
const unread: ReadingContext = {
  home_currency: 'USD',
  home_country: null,
  findMember: () => undefined,
  own: [],
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
  if (!found || !maySeeImport(ctx.actor, found)) throw notFound('import', id)
  return found
}

function requireUpdate(actor: Actor, policy: DuplicatePolicy): void {
  if ((policy === 'overwrite' || policy === 'fill_empty') && !actor.grants['leads:update'])
    throw forbidden('permission_missing', `Your role (${actor.role_name}) does not include leads:update.`)
}

const notStartable = (found: ImportRow) =>
  conflict('import_started', `The import is ${found.state} and cannot be started.`, {
    current: presentImport(found),
  })
