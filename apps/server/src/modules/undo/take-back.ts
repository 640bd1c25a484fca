/** Taking back the caller's own last change, and nothing that others did since. */
import type { UndoneChange } from '@rapport/contracts'
import type { Actor } from '../../platform/actor.ts'
import { conflict, notFound, Problem } from '../../platform/problems.ts'
import type { Ctx, Tenancy } from '../../platform/tenancy.ts'
import { isFollowedByOthers, takeUndoable, type Undoable } from '../activities/index.ts'
import { undoConversion } from '../conversion/index.ts'
import { lockJob, startUndo, type Enqueue } from '../bulk/index.ts'
import { kindOf, moveBackOf, type Outcome, type Outcomes, type RecordKind } from '../records/index.ts'
import { findLastChange, tellChange, type LastChange, type Wanted } from './last-change.ts'

type Parts = { inTenant: Tenancy['inTenant']; enqueue: Enqueue }

/**
 * A change that cannot be taken back any more is told so, once: the next request goes on to the one before it.
 */
export async function takeBackLast(
  { inTenant, enqueue }: Parts,
  actor: Actor,
  wanted: Wanted,
): Promise<UndoneChange> {
  let stuck: Undoable | undefined
  try {
    return await inTenant(actor, async (ctx) => {
      const last = await findLastChange(ctx, wanted)
      if (!last) throw notFound('change', wanted.id ?? 'of yours')
      if (last.of === 'record') stuck = last.change
      return takeBack(ctx, last, enqueue)
    })
  } catch (error) {
    const given = stuck
    if (given && error instanceof Problem) await inTenant(actor, (ctx) => takeUndoable(ctx, given.id))
    throw error
  }
}

async function takeBack(ctx: Ctx, last: LastChange, enqueue: Enqueue): Promise<UndoneChange> {
  const told = await tellChange(ctx, last)
  if (last.of === 'many') {
    // Locked, so that of two requests at once only one takes it back.
    const job = await lockJob(ctx, last.job.id)
    return { ...told, kept: [], job_id: await startUndo(ctx, job ?? last.job, enqueue) }
  }
  const { change } = last
  if (!(await takeUndoable(ctx, change.id))) throw notFound('change', change.record_id)
  const kind = kindOf(change.object, ctx.actor)
  if (!kind) throw notFound('change', change.record_id)
  const outcome = await reverse(ctx, kind, change)
  if (outcome instanceof Problem) throw outcome
  return { ...told, kept: [...(outcome.kept ?? [])], job_id: null }
}

async function reverse(ctx: Ctx, kind: RecordKind, change: Undoable): Promise<Outcome> {
  const { object, type, record_id, version } = change
  if (type === 'converted') return { row: await undoConversion(ctx, record_id), changed: true }
  const moveBack = moveBackOf(object)
  if (type === 'stage_changed' && moveBack) return moveBack(ctx, record_id, version)
  const outcomes =
    type === 'created' || type === 'restored'
      ? await trash(ctx, kind, change)
      : type === 'deleted'
        ? await kind.restore(ctx, [record_id])
        : await kind.revert(ctx, new Map([[record_id, version]]))
  const outcome = outcomes.get(record_id)
  if (!outcome) throw new Error(`Nothing became of the record ${record_id}.`)
  return outcome
}

/** What was made or restored goes into the trash as long as nobody else has worked on it: asked with the row locked. */
async function trash(ctx: Ctx, kind: RecordKind, change: Undoable): Promise<Outcomes> {
  const outcomes = await kind.delete(ctx, new Map([[change.record_id, undefined]]))
  if (await isFollowedByOthers(ctx, change)) throw workedOn(change.object)
  return outcomes
}

const workedOn = (object: string) =>
  conflict('changed_since', `Somebody else has worked on the ${object} since, so this is not taken back.`)
