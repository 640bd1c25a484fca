/**
 * The job at work. Each batch is one short transaction that first locks the job, then writes the records, what
 * became of each, and how far it came: a crash at any moment loses and doubles nothing, and others wait for a few
 * hundred records at most. Where a whole batch is refused by the database, smaller ones find the record that it
 * refuses; the others go on.
 */
import { setImmediate as nextTurn } from 'node:timers/promises'
import type { Grants } from '@rapport/contracts'
import { narrowGrants, systemActor, type Actor } from '../../platform/actor.ts'
import { Problem } from '../../platform/problems.ts'
import type { Ctx, Tenancy } from '../../platform/tenancy.ts'
import { kindOf } from '../records/index.ts'
import { applyJob, refusal } from './apply.ts'
import { progressOf } from './presentation.ts'
import {
  findJob,
  lockJob,
  markUndone,
  nextItems,
  settleItems,
  updateJob,
  type JobRow,
  type SettledItem,
} from './repository.ts'
import { endJob } from './start.ts'

const largestBatch = 250

export type RunnerParts = {
  tenancy: Pick<Tenancy, 'inTenant'>
  /** The member's actor with the permissions of this moment; null when no longer a member. */
  actorOf: (user_id: string, organization_id: string) => Promise<Actor | null>
}
type Asked = { organization_id: string; user_id: string | null; job_id: string }

export async function runJob(parts: RunnerParts, asked: Asked, signal: AbortSignal): Promise<void> {
  const { tenancy } = parts
  const system = systemActor(asked.organization_id)
  const job = await tenancy.inTenant(system, (ctx) => findJob(ctx, asked.job_id))
  if (!job || job.finished_at !== null) return
  const member = await parts.actorOf(job.created_by, asked.organization_id)
  if (!member)
    return tenancy.inTenant(system, (ctx) =>
      failJob(ctx, job.id, 'Whoever asked for it is no member any more.'),
    )
  const actor = actingFor(job, member)
  let size = largestBatch
  for (;;) {
    signal.throwIfAborted()
    try {
      if (!(await tenancy.inTenant(actor, (ctx) => runBatch(ctx, job.id, size)))) return
      size = Math.min(largestBatch, size * 2)
    } catch (error) {
      const refused = refusalOf(error)
      if (refused === null) throw error // the queue tries again
      if (size === 1) await tenancy.inTenant(actor, (ctx) => refuseOne(ctx, job.id, refused))
      size = Math.max(1, Math.floor(size / 4))
    }
    await nextTurn()
  }
}

/** Answers whether there may be more to do. */
async function runBatch(ctx: Ctx, id: string, most: number): Promise<boolean> {
  const job = await lockJob(ctx, id)
  if (!job || job.finished_at !== null) return false
  const items = await nextItems(ctx, job, most)
  if (items.length === 0) {
    await endJob(ctx, job, 'completed')
    return false
  }
  const kind = kindOf(job.object, ctx.actor)
  if (!kind) {
    await endJob(ctx, job, 'failed', 'There are no such records any more.')
    return false
  }
  const settled = await applyJob(ctx, kind, job, items)
  if (job.undoes !== null) {
    const undone = items.filter((_, place) => settled[place]?.state !== 'refused')
    await markUndone(
      ctx,
      job.undoes,
      undone.map(({ record_id }) => record_id),
    )
  }
  await moveOn(ctx, job, settled)
  return true
}

async function refuseOne(ctx: Ctx, id: string, refused: Refused): Promise<void> {
  const job = await lockJob(ctx, id)
  if (!job || job.finished_at !== null) return
  const [item] = await nextItems(ctx, job, 1)
  if (item) await moveOn(ctx, job, [refusal(item.place, refused)])
}

async function moveOn(ctx: Ctx, job: JobRow, settled: SettledItem[]): Promise<void> {
  await settleItems(ctx, job.id, settled)
  const moved = await updateJob(ctx, job.id, {
    state: 'running',
    done: job.done + settled.length,
    changed: job.changed + settled.filter(({ state }) => state === 'changed').length,
    failed: job.failed + settled.filter(({ code }) => code !== null).length,
  })
  ctx.emit(progressOf(moved))
}

async function failJob(ctx: Ctx, id: string, problem: string): Promise<void> {
  const job = await lockJob(ctx, id)
  if (job && job.finished_at === null) await endJob(ctx, job, 'failed', problem)
}

/** When the queue tries no more; what is changed by then can be taken back. */
export const giveUpJob = ({ tenancy }: Pick<RunnerParts, 'tenancy'>, organization_id: string, id: string) =>
  tenancy.inTenant(systemActor(organization_id), (ctx) =>
    failJob(
      ctx,
      id,
      'It was tried again and again without getting through; the log has the details. What was done by then stays; ask for the rest again.',
    ),
  )

/** The member, or the program that asked, within what both may do now. */
export function actingFor({ api_key }: Pick<JobRow, 'api_key'>, member: Actor): Actor {
  const key = api_key as { id: string; name: string; grants: Grants } | null
  if (key === null) return member
  const grants = narrowGrants(member.grants, key.grants)
  return { ...member, kind: 'api_key', api_key_id: key.id, name: key.name, grants }
}

type Refused = { code: string; message: string }

/** Why the records cannot be written however often it is tried; null for what may pass, as a lost connection. */
function refusalOf(error: unknown): Refused | null {
  if (error instanceof Problem) return error
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  // 22: a value cannot be stored, 23: a constraint is broken, 54: a limit is exceeded.
  if (/^(?:22|23|54)\w{3}$/.test(code))
    return { code: 'invalid_input', message: 'The record cannot be stored with these values.' }
  return null
}
