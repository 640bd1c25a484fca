/**
 * Everything that a member owns goes to others, as a job: each batch is one transaction, and what has moved is no
 * longer found, so a crash doubles and loses nothing.
 */
import { HandOver } from '@rapport/contracts'
import type { Logger } from 'pino'
import { mayTouch, ownerActor } from '../../platform/actor.ts'
import type { Jobs } from '../../platform/jobs.ts'
import { Problem } from '../../platform/problems.ts'
import type { Ctx, Tenancy } from '../../platform/tenancy.ts'
import { writeActivities } from '../activities/index.ts'
import { findMember } from '../identity/index.ts'
import { assignedActivity, type RecordKind } from '../records/index.ts'
import { openHands, type Hands } from './hands.ts'
import { allOwnedKinds, countOwned, readOwned } from './owned.ts'
import { heirNotMember, mayNotReassign } from './problems.ts'

const kind = 'members.reassign'
const batchSize = 200

type Parts = { jobs: Jobs; tenancy: Pick<Tenancy, 'inTenant'>; log: Pick<Logger, 'warn'> }

export function workOnReassignments({ jobs, tenancy, log }: Parts): void {
  jobs.work(kind, async ({ organization_id, user_id, from, to, by }, signal) => {
    if (!from || !to || !user_id) throw new Error('A reassignment says from whom, to whom, and who wants it.')
    const target = HandOver.parse(JSON.parse(to))
    // Whether this person may was asked when the job was queued; they need not be here to see it done.
    const actor = ownerActor({ user_id, name: by ?? '', organization_id })
    try {
      for (const owned of await tenancy.inTenant(actor, allOwnedKinds)) {
        const hands = await tenancy.inTenant(actor, (ctx) => openHands(ctx, owned.records, target))
        // What nobody gets stays, so each batch begins after the one before.
        let after: string | null = null
        do {
          const begin: string | null = after
          after = await tenancy.inTenant(actor, (ctx) => moveBatch(ctx, owned, hands, { from, after: begin }))
          signal.throwIfAborted()
        } while (after !== null)
      }
    } catch (error) {
      if (!(error instanceof Problem)) throw error
      // An heir has gone meanwhile: what is left stays where it is, and can be given to somebody else.
      log.warn({ err: error, organization_id, from, to }, 'a reassignment ended early')
    }
  })
}

type Batch = { from: string; after: string | null }

/** Answers where the next batch begins; null after the last one. */
async function moveBatch(
  ctx: Ctx,
  owned: RecordKind,
  hands: Hands,
  { from, after }: Batch,
): Promise<string | null> {
  const ids = await readOwned(ctx, owned, from, { after, limit: batchSize, locked: true })
  const chosen = await hands(ctx, ids)
  const given = ids.flatMap((id) => {
    const one = chosen.get(id)
    return one && one.owner_id !== from ? [[id, one] as const] : []
  })
  const wanted = new Map(given.map(([id, { owner_id }]) => [id, { owner_id }]))
  const outcomes = await owned.update(ctx, wanted)
  const refusal = [...outcomes.values()].find((outcome) => outcome instanceof Problem)
  if (refusal) throw refusal
  const told = given.flatMap(([id, { owner_id, by }]) =>
    by ? [assignedActivity(owned.records.object, id, { owner_id, ...by })] : [],
  )
  if (told.length > 0) await writeActivities(ctx, told)
  return ids.length === batchSize ? (ids.at(-1) ?? null) : null
}

/** Answers how many records are concerned. */
export async function reassignLater(ctx: Ctx, jobs: Jobs, from: string, to: HandOver): Promise<number> {
  const owned = await requireOwnedOf(ctx, from)
  await jobs.enqueue(ctx, kind, { from, to: JSON.stringify(to), by: ctx.actor.name })
  return owned
}

/** Everybody named is an active member, and not the one who gives. */
export async function requireHeirs({ tx, actor }: Ctx, from: string, to: HandOver): Promise<void> {
  const named = to.strategy === 'rules' ? [] : to.strategy === 'member' ? [to] : to.members
  for (const user_id of new Set(named.map((one) => one.user_id)))
    if (from === user_id || !(await findMember(tx, user_id, actor.organization_id)))
      throw heirNotMember(to.strategy === 'member' ? undefined : 'members')
}

/** Whoever hands records on must be allowed to change them, whatever kinds the member has. */
export async function requireOwnedOf(ctx: Ctx, owner_id: string): Promise<number> {
  const kinds = await allOwnedKinds(ctx)
  const counts = await countOwned(ctx, owner_id, kinds)
  for (const { records } of kinds)
    if ((counts[records.object] ?? 0) > 0 && !mayTouch(ctx.actor, records.permissions.update, owner_id))
      throw mayNotReassign(records.object)
  return Object.values(counts).reduce((sum, count) => sum + count, 0)
}
