/** Jobs that go through records without changing any: theirs is only the progress. */
import type { Ctx } from '../../platform/tenancy.ts'
import { progressOf } from './presentation.ts'
import { findJob, insertJob, lockJob, updateJob, type JobRow } from './repository.ts'
import { endJob, startedBy } from './start.ts'

type NewScan = Pick<JobRow, 'id' | 'kind' | 'object' | 'action' | 'total'>

export async function startJob(ctx: Ctx, { total, ...job }: NewScan): Promise<void> {
  await insertJob(ctx, { ...job, ...startedBy(ctx.actor) })
  ctx.emit(progressOf(await updateJob(ctx, job.id, { total }), null))
}

export const findScan = findJob

export async function moveScan(ctx: Ctx, id: string, done: number): Promise<void> {
  const job = await lockJob(ctx, id)
  if (!job || job.finished_at !== null) return
  ctx.emit(progressOf(await updateJob(ctx, id, { state: 'running', done })))
}

/** @param found how many there are, told as `changed`. */
export async function endScan(
  ctx: Ctx,
  id: string,
  found: number,
  problem: string | null = null,
): Promise<void> {
  const job = await lockJob(ctx, id)
  if (!job || job.finished_at !== null) return
  await updateJob(ctx, id, { changed: found })
  await endJob(ctx, { ...job, changed: found }, problem === null ? 'completed' : 'failed', problem)
}
