/**
 * The second step of a file whose rows name each other: when all are in, each cell that named a row further down is
 * followed. What it names may have failed meanwhile; then its record stays without, and the row is told as failed.
 */
import { setImmediate as nextTurn } from 'node:timers/promises'
import type { Actor } from '../../platform/actor.ts'
import { Problem } from '../../platform/problems.ts'
import type { Ctx, Tenancy } from '../../platform/tenancy.ts'
import type { Given } from '../records/index.ts'
import { withValue } from './convert-batch.ts'
import { dropLinks, keepChanges, nextLinks, type KeptLink } from './kept.ts'
import { createLinkBook, keyOf } from './links.ts'
import type { Plan } from './plan.ts'
import { progressOf } from './presentation.ts'
import { joinReasons, type RowReason } from './reasons.ts'
import { refusalOf } from './refusal.ts'
import { insertErrors, lockImport, updateImport, type FailedRow } from './repository.ts'

type Step = { id: string; plan: Plan }

/** Answers whether it came to its end. */
export async function linkOwn(
  { tenancy }: { tenancy: Pick<Tenancy, 'inTenant'> },
  actor: Actor,
  step: Step,
  signal: AbortSignal,
): Promise<boolean> {
  for (;;) {
    signal.throwIfAborted()
    const left = await tenancy.inTenant(actor, (ctx) => linkSome(ctx, step))
    if (left !== 'more') return left === 'done'
    await nextTurn()
  }
}

async function linkSome(ctx: Ctx, { id, plan }: Step): Promise<'more' | 'done' | 'stopped'> {
  const current = await lockImport(ctx, id)
  if (current?.state !== 'running' || current.phase === 'undo') return 'stopped'
  const links = await nextLinks(ctx, id)
  if (links.length === 0) return 'done'
  const failed = await follow(ctx, { id, plan }, links)
  await dropLinks(ctx, id, links)
  await insertErrors(ctx, id, failed)
  const moved = await updateImport(ctx, id, { phase: 'links', failed: current.failed + failed.length })
  ctx.emit(progressOf(moved))
  return 'more'
}

async function follow(
  ctx: Ctx,
  { id: import_id, plan }: Step,
  links: readonly KeptLink[],
): Promise<FailedRow[]> {
  const { kind, object } = plan.reading.kind
  const found = await createLinkBook().find(
    ctx,
    links.map(({ text }) => ({ to: object, text })),
  )
  const reasons = new Map<KeptLink, RowReason>()
  const wanted = new Map<string, Given>()
  for (const link of links) {
    const leads = found.get(keyOf({ to: object, text: link.text }))
    if (leads && 'id' in leads)
      wanted.set(link.record_id, withValue(wanted.get(link.record_id) ?? {}, link.field, leads.id))
    else if (leads) reasons.set(link, { column: link.column_name, ...leads.problem })
  }
  const outcomes = await kind.update(ctx, wanted, { origin: { import_id } })
  const versions = [...outcomes].flatMap(([id, outcome]): [string, number][] =>
    outcome instanceof Problem || !outcome.changed ? [] : [[id, outcome.row.version]],
  )
  await keepChanges(ctx, { import_id, object }, new Map(versions))
  const failed = links.flatMap((link): FailedRow[] => {
    const { row, record_id, text, source: cells } = link
    const reason = reasons.get(link)
    if (reason) return [{ row, cells, problem: joinReasons(text, [reason]) }]
    const outcome = outcomes.get(record_id)
    return outcome instanceof Problem ? [{ row, cells, problem: refusalOf(plan, outcome) }] : []
  })
  // A row is told once, whatever of it failed.
  return [...new Map(failed.map((one) => [one.row, one])).values()]
}
