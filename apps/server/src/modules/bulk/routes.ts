/** HTTP of bulk changes and of the jobs that carry them out. */
import { operations } from '@rapport/contracts'
import { systemActor } from '../../platform/actor.ts'
import type { Jobs } from '../../platform/jobs.ts'
import type { Module } from '../../platform/platform.ts'
import { notFound } from '../../platform/problems.ts'
import type { Ctx } from '../../platform/tenancy.ts'
import { kindFamilies, kindOf, readersOfAny } from '../records/index.ts'
import { presentJob } from './presentation.ts'
import { jobOver } from './problems.ts'
import {
  findJob,
  listFailures,
  listJobs,
  lockJob,
  removeOldItems,
  removeOldJobs,
  type JobRow,
} from './repository.ts'
import { giveUpJob, runJob, type RunnerParts } from './run.ts'
import { endJob, startBulk, startUndo, type Enqueue } from './start.ts'

const { jobs: jobOperations } = operations
const jobKind = 'bulk.run'
const sweepKind = 'bulk.sweep'
const sweepAfter_s = 25 * 3600
const sweptAtOnce = 5_000

/** Queues the work, and the sweep that comes when nothing of it can be taken back any more. */
export const enqueueWith =
  (jobs: Pick<Jobs, 'enqueue'>): Enqueue =>
  async (ctx, job_id) => {
    await jobs.enqueue(ctx, jobKind, { job_id })
    await jobs.enqueue(ctx, sweepKind, {}, { after_s: sweepAfter_s })
  }

/** Comes after the modules of all kinds of records. */
export function bulkModule({ actorOf }: Pick<RunnerParts, 'actorOf'>): Module {
  return ({ api, tenancy, jobs }) => {
    const enqueue = enqueueWith(jobs)

    for (const { operations: of, permissions, kindAt } of kindFamilies())
      api.route(of.bulk, {
        allow: [permissions.update, permissions.delete],
        run: async (ctx, { params, body }) => ({
          job_id: await startBulk(ctx, kindAt(ctx.actor, params), body, enqueue),
        }),
      })

    const allow = readersOfAny()
    api.route(jobOperations.list, {
      allow,
      run: async (ctx) => ({ items: (await listJobs(ctx)).map(presentJob), next_cursor: null }),
    })
    api.route(jobOperations.get, {
      allow,
      run: async (ctx, { params }) => {
        const job = await requireJob(ctx, params.id)
        const kind = kindOf(job.object, ctx.actor)
        const failures = kind && job.failed > 0 ? await listFailures(ctx, job.id, kind.records) : []
        return { ...presentJob(job), failures }
      },
    })
    api.route(jobOperations.cancel, {
      allow,
      run: async (ctx, { params }) => {
        const job = await requireJob(ctx, params.id, lockJob)
        if (job.state === 'cancelled') return presentJob(job)
        if (job.finished_at !== null) throw jobOver(job.state, presentJob(job))
        return presentJob(await endJob(ctx, job, 'cancelled'))
      },
    })
    api.route(jobOperations.undo, {
      allow,
      run: async (ctx, { params }) => {
        const job = await requireJob(ctx, params.id, lockJob)
        return { job_id: await startUndo(ctx, job, enqueue) }
      },
    })

    jobs.work(
      jobKind,
      async ({ organization_id, user_id, job_id }, signal) => {
        if (job_id == null) throw new Error('A bulk job names no job.')
        await runJob({ tenancy, actorOf }, { organization_id, user_id, job_id }, signal)
      },
      {
        // A change of ten records does not wait for one of a hundred thousand.
        at_once: 3,
        turn_s: 30,
        giveUp: async ({ organization_id, job_id }) => {
          if (job_id != null) await giveUpJob({ tenancy }, organization_id, job_id)
        },
      },
    )
    jobs.work(sweepKind, async ({ organization_id }) => {
      const system = systemActor(organization_id)
      const sweep = () => tenancy.inTenant(system, (ctx) => removeOldItems(ctx, sweptAtOnce))
      while ((await sweep()) === sweptAtOnce);
      await tenancy.inTenant(system, removeOldJobs)
    })
  }
}

/** Jobs are seen by whom they belong to. */
async function requireJob(ctx: Ctx, id: string, find = findJob): Promise<JobRow> {
  const job = await find(ctx, id)
  if (!job || job.created_by !== ctx.actor.user_id) throw notFound('job', id)
  return job
}
