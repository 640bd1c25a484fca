/**
 * Two batches at once, so that the server prepares one while the database writes the other. They come out as if one had
 * followed the other: what could tell the difference waits until the batch before is committed.
 */
import { setTimeout as pause } from 'node:timers/promises'
import type { Actor } from '../../platform/actor.ts'
import type { Tenancy } from '../../platform/tenancy.ts'
import type { ConvertedBatch } from './convert-batch.ts'
import { identitiesOf } from './identity.ts'
import { createLinkBook } from './links.ts'
import type { NamesHere } from './own-names.ts'
import type { Plan } from './plan.ts'
import type { DuplicatePolicy } from './policy.ts'
import { findImport, type ImportRow } from './repository.ts'
import { Stopped, writeBatch } from './write-batch.ts'

/** Longer than a batch takes. Who waits so long may be what the other waits for, and steps back. */
const patience_ms = 10_000

type Writing = { found: ImportRow; plan: Plan; names: NamesHere }
type Tenants = Pick<Tenancy, 'inTenant'>

/** Writes a batch, told what comes of the one before it; false when the import goes no further. */
export function batchWriter(tenancy: Tenants, actor: Actor, { found, plan, names }: Writing) {
  const { kind } = plan.reading
  const linking = { book: createLinkBook(), names }
  const policy = (found.duplicate_policy ?? 'create') as DuplicatePolicy
  const apart = mustStayApart(plan, found)
  let done = found.done
  let last: ReadonlySet<string> = new Set()

  /** Another worker has written what this one was about to. */
  async function isElsewhere(here: number): Promise<boolean> {
    const current = await tenancy.inTenant(actor, (ctx) => findImport(ctx, found.id))
    return current !== undefined && current.done > here
  }

  return async (read: ConvertedBatch, before: Promise<boolean>): Promise<boolean> => {
    const here = done
    done += read.rows
    const earlier = last
    const own = identitiesOf(
      kind,
      read.readable.map(({ given }) => given),
    )
    last = own
    if ((apart || [...own].some((one) => earlier.has(one))) && !(await before)) return false
    const write = (turn: () => Promise<void>) =>
      tenancy.inTenant(actor, (ctx) =>
        writeBatch(ctx, {
          id: found.id,
          plan,
          read,
          done: here,
          linking,
          policy,
          turn,
          automation: found.automation,
        }),
      )
    try {
      await write(() => turnAfter(before)).catch(async (error: unknown) => {
        if (!(error instanceof SteppedBack)) throw error
        await before
        await write(() => turnAfter(before))
      })
      return true
    } catch (error) {
      if (error instanceof Stopped || (await isElsewhere(here))) return false
      throw error
    }
  }
}

/** Values that no two records may share, tags that come to be, rules that give in turn, rows that name each other. */
function mustStayApart({ columns, reading }: Plan, { automation }: ImportRow): boolean {
  return (
    automation ||
    reading.own.some(({ unique }) => unique) ||
    columns.some(
      (one) =>
        one.kind !== 'name_part' && (one.field?.type === 'tags' || one.field?.to === reading.kind.object),
    )
  )
}

class SteppedBack extends Error {}

async function turnAfter(before: Promise<boolean>): Promise<void> {
  const over = new AbortController()
  const tired = pause(patience_ms, 'tired', { signal: over.signal })
  tired.catch(() => undefined) // ended below
  try {
    const outcome = await Promise.race([before, tired])
    if (outcome === 'tired') throw new SteppedBack()
    if (!outcome) throw new Stopped()
  } finally {
    over.abort()
  }
}
