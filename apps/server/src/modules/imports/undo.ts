/**
 * Takes a whole import back, newest work first: changed fields get their values of before, and new records go to the
 * trash. What somebody changed since stays as it is and is told. Each step is one transaction, so a crash loses
 * nothing, and going on begins where it stopped.
 */
import { setImmediate as nextTurn } from 'node:timers/promises'
import type { Actor } from '../../platform/actor.ts'
import { Problem } from '../../platform/problems.ts'
import type { Ctx, Tenancy } from '../../platform/tenancy.ts'
import { unlinkImported } from '../contacts/index.ts'
import { dropBatch, keepLinked, lastBatch, nextChanges, settleChanges, type Taken } from './kept.ts'
import { importKind } from './kinds.ts'
import { progressOf } from './presentation.ts'
import { lockImport, updateImport, type ImportRow } from './repository.ts'

export async function undoImport(
  { tenancy }: { tenancy: Pick<Tenancy, 'inTenant'> },
  actor: Actor,
  { id }: ImportRow,
  signal: AbortSignal,
): Promise<void> {
  for (;;) {
    signal.throwIfAborted()
    if (!(await tenancy.inTenant(actor, (ctx) => undoSome(ctx, id)))) return
    await nextTurn()
  }
}

/** Answers whether there may be more to do. */
async function undoSome(ctx: Ctx, id: string): Promise<boolean> {
  const current = await lockImport(ctx, id)
  if (current?.state !== 'running' || current.phase !== 'undo') return false
  const counts =
    (await undoContacts(ctx, current)) ??
    (await undoChanges(ctx, current)) ??
    (await undoCreated(ctx, current))
  if (counts === null) {
    const finished_at = new Date().toISOString()
    const undone = await updateImport(ctx, id, { state: 'undone', finished_at })
    ctx.emit(progressOf(undone, current.state))
    return false
  }
  const moved = await updateImport(ctx, id, {
    undone: current.undone + counts.undone,
    kept: current.kept + counts.kept,
  })
  ctx.emit(progressOf(moved))
  return true
}

type Counts = { undone: number; kept: number }

/** Null when nothing is left. The people of new records stay with them in the trash. */
async function undoContacts(ctx: Ctx, { id, object }: ImportRow): Promise<Counts | null> {
  const { linking } = importKind(object, ctx.actor)
  const taken = linking ? await unlinkImported(ctx, linking, id) : null
  if (!taken) return null
  await keepLinked(ctx, id, taken.kept)
  return { undone: 0, kept: taken.kept.length }
}

/** Null when nothing is left. A field goes back only while it has the value that the import gave it. */
async function undoChanges(ctx: Ctx, { id, object }: ImportRow): Promise<Counts | null> {
  const changes = await nextChanges(ctx, id)
  if (changes.length === 0) return null
  const { kind } = importKind(object, ctx.actor)
  const outcomes = await kind.revert(
    ctx,
    new Map(changes.map(({ record_id, version }) => [record_id, version])),
  )
  const taken = changes.map(({ record_id, version }): Taken => {
    const outcome = outcomes.get(record_id)
    if (outcome instanceof Problem)
      return { record_id, version, outcome: 'kept', fields: outcome.extra.conflicts ?? [] }
    const fields = outcome?.kept ?? []
    return { record_id, version, outcome: fields.length > 0 ? 'kept' : 'undone', fields }
  })
  await settleChanges(ctx, id, taken)
  return countOf(taken)
}

/** Null when nothing is left. A record goes to the trash while nobody has changed it since. */
async function undoCreated(ctx: Ctx, { id, object }: ImportRow): Promise<Counts | null> {
  const batch = await lastBatch(ctx, id)
  if (!batch) return null
  const { kind } = importKind(batch.object || object, ctx.actor)
  const outcomes = await kind.delete(ctx, new Map(batch.created.map((one) => [one.id, one.version])))
  const kept = batch.created.flatMap(({ id: record_id, version }) =>
    outcomes.get(record_id) instanceof Problem ? [{ record_id, version }] : [],
  )
  await dropBatch(ctx, { import_id: id, place: batch.place, object: batch.object }, kept)
  return { undone: batch.created.length - kept.length, kept: kept.length }
}

const countOf = (taken: readonly Taken[]): Counts => {
  const kept = taken.filter(({ outcome }) => outcome === 'kept').length
  return { undone: taken.length - kept, kept }
}
