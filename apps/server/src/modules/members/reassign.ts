/**
 * Everything that a member owns goes to another one, as a job: each batch is one transaction, and what has moved
 * is no longer found, so a crash doubles and loses nothing.
 */
import type { Logger } from 'pino'
import { mayTouch, ownerActor } from '../../platform/actor.ts'
import type { Jobs } from '../../platform/jobs.ts'
import { Problem } from '../../platform/problems.ts'
import type { Ctx, Tenancy } from '../../platform/tenancy.ts'
import { findMember } from '../identity/index.ts'
import type { RecordKind } from '../records/index.ts'
import { allOwnedKinds, countOwned, lockOwned } from './owned.ts'
import { heirNotMember, mayNotReassign } from './problems.ts'

const kind = 'members.reassign'
const batchSize = 200

type Parts = { jobs: Jobs; tenancy: Pick<Tenancy, 'inTenant'>; log: Pick<Logger, 'warn'> }

export function workOnReassignments({ jobs, tenancy, log }: Parts): void {
  jobs.work(kind, async ({ organization_id, user_id, from, to, by }, signal) => {
    if (!from || !to || !user_id) throw new Error('A reassignment says from whom, to whom, and who wants it.')
    // Whether this person may was asked when the job was queued; they need not be here to see it done.
    const actor = ownerActor({ user_id, name: by ?? '', organization_id })
    try {
      for (const owned of await tenancy.inTenant(actor, allOwnedKinds))
        while ((await tenancy.inTenant(actor, (ctx) => moveBatch(ctx, owned, from, to))) === batchSize)
          signal.throwIfAborted()
    } catch (error) {
      if (!(error instanceof Problem)) throw error
      // The heir has gone meanwhile: what is left stays where it is, and can be given to somebody else.
      log.warn({ err: error, organization_id, from, to }, 'a reassignment ended early')
    }
  })
}

async function moveBatch(ctx: Ctx, owned: RecordKind, from: string, to: string): Promise<number> {
  const ids = await lockOwned(ctx, owned, from, batchSize)
  const outcomes = await owned.update(ctx, new Map(ids.map((id) => [id, { owner_id: to }])))
  const refusal = [...outcomes.values()].find((outcome) => outcome instanceof Problem)
  if (refusal) throw refusal
  return ids.length
}

export async function reassignLater(ctx: Ctx, jobs: Jobs, from: string, to: string): Promise<void> {
  if (from === to || !(await findMember(ctx.tx, to, ctx.actor.organization_id))) throw heirNotMember()
  await requireOwnedOf(ctx, from)
  await jobs.enqueue(ctx, kind, { from, to, by: ctx.actor.name })
}

/** Whoever hands records on must be allowed to change them, whatever kinds the member has. */
async function requireOwnedOf(ctx: Ctx, owner_id: string): Promise<void> {
  const kinds = await allOwnedKinds(ctx)
  const counts = await countOwned(ctx, owner_id, kinds)
  for (const { records } of kinds)
    if ((counts[records.object] ?? 0) > 0 && !mayTouch(ctx.actor, records.permissions.update, owner_id))
      throw mayNotReassign(records.object)
}
