/**
 * Everything that a member owns goes to another one, as a job: each batch is one transaction, and what has moved
 * is no longer found, so a crash doubles and loses nothing.
 */
import type { Logger } from 'pino'
import { ownerActor, ownersInReach, type Actor } from '../../platform/actor.ts'
import type { Jobs } from '../../platform/jobs.ts'
import { Problem } from '../../platform/problems.ts'
import type { Ctx, Tenancy } from '../../platform/tenancy.ts'
import { findMember } from '../identity/index.ts'
import { leads as leadDefinition } from '../leads/index.ts'
import { updateRecords } from '../records/index.ts'
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
      while ((await tenancy.inTenant(actor, (ctx) => moveBatch(ctx, from, to))) === batchSize)
        signal.throwIfAborted()
    } catch (error) {
      if (!(error instanceof Problem)) throw error
      // The heir has gone meanwhile: what is left stays where it is, and can be given to somebody else.
      log.warn({ err: error, organization_id, from, to }, 'a reassignment ended early')
    }
  })
}

async function moveBatch(ctx: Ctx, from: string, to: string): Promise<number> {
  const leads = await ctx.tx
    .selectFrom('leads')
    .select('id')
    .where('organization_id', '=', ctx.actor.organization_id)
    .where('owner_id', '=', from)
    .where('deleted_at', 'is', null)
    .orderBy('id')
    .limit(batchSize)
    .forUpdate()
    .execute()
  const outcomes = await updateRecords(
    ctx,
    leadDefinition,
    new Map(leads.map(({ id }) => [id, { owner_id: to }])),
  )
  const refusal = [...outcomes.values()].find((outcome) => outcome instanceof Problem)
  if (refusal) throw refusal
  return leads.length
}

export async function reassignLater(ctx: Ctx, jobs: Jobs, from: string, to: string): Promise<void> {
  if (from === to || !(await findMember(ctx.tx, to, ctx.actor.organization_id))) throw heirNotMember()
  requireLeadsOf(ctx.actor, from)
  await jobs.enqueue(ctx, kind, { from, to, by: ctx.actor.name })
}

function requireLeadsOf(actor: Actor, owner_id: string): void {
  const owners = ownersInReach(actor, 'leads:update')
  if (owners !== 'all' && !owners.includes(owner_id)) throw mayNotReassign()
}
