/**
 * The job that brings a file in. Each batch is one transaction that first locks the import, then writes the
 * leads, the row errors and how far it came. So a crash at any moment loses and doubles nothing: the next
 * attempt goes on at `done`, and two workers can never write the same batch.
 */
import { setImmediate as nextTurn } from 'node:timers/promises'
import type { NewLead } from '@rapport/contracts'
import { ownersInReach, systemActor, type Actor } from '../../platform/actor.ts'
import { Problem } from '../../platform/problems.ts'
import type { Storage } from '../../platform/storage/index.ts'
import type { Ctx, Tenancy } from '../../platform/tenancy.ts'
import { leads as leadDefinition, stagedLeads } from '../leads/index.ts'
import { orProblem, updateRecord } from '../records/index.ts'
import { insertStaged } from '../staged/index.ts'
import { updateRights } from './access.ts'
import { inBatches, skipRows } from './batches.ts'
import { convertRow, type ReadLead } from './conversion.ts'
import { findKnown } from './duplicates.ts'
import { planImport, type Plan } from './plan.ts'
import { settleBatch, type DuplicatePolicy, type Settlement } from './policy.ts'
import { progressOf } from './presentation.ts'
import type { ReadingContext } from './readers.ts'
import { refusalOf } from './refusal.ts'
import {
  findImport,
  insertErrors,
  lockImport,
  updateImport,
  type FailedRow,
  type ImportRow,
} from './repository.ts'
import { readRows, type FileRow } from './rows.ts'

export type RunnerParts = {
  tenancy: Pick<Tenancy, 'inTenant'>
  storage: Storage
  /** The member's actor with the permissions of this moment; null when no longer a member. */
  actorOf: (user_id: string, organization_id: string) => Promise<Actor | null>
  readingFor: (actor: Actor) => Promise<ReadingContext>
}
type Outcome = 'written' | 'stopped'

export async function runImport(
  parts: RunnerParts,
  job: { organization_id: string; user_id: string | null; import_id: string },
  signal: AbortSignal,
): Promise<void> {
  const actor = job.user_id === null ? null : await parts.actorOf(job.user_id, job.organization_id)
  try {
    if (!actor?.grants['leads:import'])
      throw new Problem(
        403,
        'importer_gone',
        'Not allowed',
        'Whoever started the import may no longer import leads.',
      )
    await bringIn(parts, actor, job.import_id, signal)
  } catch (error) {
    const problem = problemOf(error)
    if (problem === null) throw error // the queue tries again
    await fail(parts, actor ?? systemActor(job.organization_id), job.import_id, problem)
  }
}

async function bringIn(parts: RunnerParts, actor: Actor, id: string, signal: AbortSignal): Promise<void> {
  const found = await parts.tenancy.inTenant(actor, (ctx) => findImport(ctx, id))
  if (found?.state !== 'running' || !found.mapping) return
  const plan = planImport(found.layout, found.mapping, await parts.readingFor(actor), actor)
  const rows = skipRows(readRows(parts.storage.read(found.file_key), found.layout.format), found.done)
  let done = found.done
  for await (const batch of inBatches(rows)) {
    signal.throwIfAborted()
    const outcome = await parts.tenancy.inTenant(actor, (ctx) =>
      writeBatch(ctx, { id, plan, rows: batch, done }),
    )
    if (outcome === 'stopped') return
    done += batch.length
    await nextTurn()
  }
  await parts.tenancy.inTenant(actor, (ctx) => finish(ctx, id, { state: 'completed', problem: null }))
  await parts.storage.remove(found.file_key) // it has served; what failed is kept row by row
}

type Batch = { id: string; plan: Plan; rows: FileRow[]; done: number }

async function writeBatch(ctx: Ctx, batch: Batch): Promise<Outcome> {
  const { id, plan, rows, done } = batch
  const current = await lockImport(ctx, id)
  if (current?.state !== 'running' || current.done !== done) return 'stopped'
  const { readable, failed } = convertBatch(plan, rows)
  const policy = (current.duplicate_policy ?? 'create') as DuplicatePolicy
  const leads = readable.map(({ lead }) => lead)
  const known = policy === 'create' ? new Map() : await findKnown(ctx, leads)
  const settled = settleBatch(policy, readable, known, updateRights(ctx.actor))
  const { failed: refused, ...counts } = await writeSettled(ctx, batch, settled)
  failed.push(...refused)
  await insertErrors(ctx, id, failed)
  const moved = await updateImport(ctx, id, {
    done: done + rows.length,
    created: current.created + counts.created,
    updated: current.updated + counts.updated,
    skipped: current.skipped + settled.skipped,
    failed: current.failed + failed.length,
  })
  ctx.emit(progressOf(moved))
  return 'written'
}

type Written = { created: number; updated: number; failed: FailedRow[] }

/** What one lead is refused for fails with its rows; the others of the batch are written all the same. */
async function writeSettled(
  ctx: Ctx,
  { id: import_id, plan }: Batch,
  { created, updated }: Settlement,
): Promise<Written> {
  const counts = { created: 0, updated: 0 }
  const refusals = new Map<Settlement['created'][number] | Settlement['updated'][number], Problem>()
  const giveOwner = ownerGiver(ctx.actor)
  await insertStaged(
    ctx,
    stagedLeads,
    created.map(({ lead }) => giveOwner(lead)),
    { import_id },
    {
      assigns: (index) => created[index]?.lead.owner_id == null,
      refused(index, problem) {
        const one = created[index]
        if (one) refusals.set(one, problem)
      },
    },
  )
  for (const one of updated) {
    const refusal = await orProblem(() => updateRecord(ctx, leadDefinition, one.id, one.change))
    if (refusal instanceof Problem) refusals.set(one, refusal)
    else counts.updated += one.rows.length
  }
  for (const one of created) {
    if (refusals.has(one)) continue
    counts.created += 1
    // Further rows that mean a lead of the same file change what the first one made.
    counts.updated += one.rows.length - 1
  }
  const failed = [...refusals].flatMap(([{ rows }, problem]) =>
    rows.map(({ row, cells }) => ({ row, cells, problem: refusalOf(plan, problem) })),
  )
  return { ...counts, failed }
}

/** Leads of nobody would be out of sight of an importer who reads only some: those become their own. */
const ownerGiver =
  (actor: Actor) =>
  (lead: NewLead): NewLead =>
    lead.owner_id == null && ownersInReach(actor, 'leads:read') !== 'all'
      ? { ...lead, owner_id: actor.user_id }
      : lead

function convertBatch(plan: Plan, batch: FileRow[]): { readable: ReadLead[]; failed: FailedRow[] } {
  const readable: ReadLead[] = []
  const failed: FailedRow[] = []
  for (const row of batch) {
    const converted = convertRow(plan, row)
    if ('lead' in converted) readable.push(converted)
    else failed.push(converted)
  }
  return { readable, failed }
}

type End = Pick<ImportRow, 'problem'> & { state: 'completed' | 'failed' }

async function finish(ctx: Ctx, id: string, end: End): Promise<void> {
  const current = await lockImport(ctx, id)
  if (current?.state !== 'running') return
  const ended = await updateImport(ctx, id, { ...end, finished_at: new Date().toISOString() })
  ctx.emit(progressOf(ended, current.state))
}

async function fail({ tenancy }: RunnerParts, actor: Actor, id: string, problem: string): Promise<void> {
  await tenancy.inTenant(actor, (ctx) => finish(ctx, id, { state: 'failed', problem }))
}

/** What a further attempt would meet again, in words; null for what may pass, as a lost connection. */
function problemOf(error: unknown): string | null {
  if (error instanceof Problem) return error.message
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  if (code === 'ENOENT') return 'The uploaded file is no longer there; upload it again.'
  // 22: a value cannot be stored, 23: a constraint is broken, 54: a limit is exceeded.
  if (/^(?:22|23|54)\w{3}$/.test(code))
    return 'The database refused a batch of rows. What was brought in before it stays; the log has the details.'
  return null
}
