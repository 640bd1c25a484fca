/**
 * Two batches at once: while the database writes one, the next is made ready. They come out as if one had followed the
 * other: nothing is written before the batch before has been, nor committed before it is, and what could tell the
 * difference otherwise waits from its beginning.
 */
import type { Actor } from '../../platform/actor.ts'
import { Problem } from '../../platform/problems.ts'
import type { Tenancy } from '../../platform/tenancy.ts'
import type { ConvertedBatch } from './convert-batch.ts'
import { identitiesOf } from './identity.ts'
import { createLinkBook } from './links.ts'
import type { NamesHere } from './own-names.ts'
import type { Plan } from './plan.ts'
import type { DuplicatePolicy } from './policy.ts'
import { findImport, type ImportRow } from './repository.ts'
import { Stopped, writeBatch } from './write-batch.ts'

type Writing = { found: ImportRow; plan: Plan; names: NamesHere }
type Tenants = Pick<Tenancy, 'inTenant'>

/** Writes a batch, told what comes of the one before it; false when the import goes no further. */
export function batchWriter(tenancy: Tenants, actor: Actor, { found, plan, names }: Writing) {
  const { kind } = plan.reading
  const linking = { book: createLinkBook(), names }
  const policy = (found.duplicate_policy ?? 'create') as DuplicatePolicy
  const { id, file_name, automation, create_companies } = found
  const apart = mustStayApart(plan, found)
  const tells = everyNow()
  let done = found.done
  let known: ReadonlySet<string> = new Set()
  let written: Promise<void> = Promise.resolve()

  /** Another worker has written what this one was about to. */
  async function isElsewhere(here: number): Promise<boolean> {
    const current = await tenancy.inTenant(actor, (ctx) => findImport(ctx, id))
    return current !== undefined && current.done > here
  }

  return async (read: ConvertedBatch, before: Promise<boolean>): Promise<boolean> => {
    const [here, earlier, writtenBefore] = [done, known, written]
    const { promise, resolve: wrote } = Promise.withResolvers<void>()
    written = promise
    done += read.rows
    known = identitiesOf(
      kind,
      read.readable.map(({ given }) => given),
    )
    const turn = async () => {
      if (!(await before)) throw new Stopped()
    }
    const batch = {
      id,
      file_name,
      plan,
      read,
      done: here,
      linking,
      policy,
      automation,
      create_companies,
      tells,
      wrote,
      turn,
    }
    try {
      if (apart || [...known].some((one) => earlier.has(one))) await turn()
      await tenancy.inTenant(actor, (ctx) => writeBatch(ctx, { ...batch, ready: () => writtenBefore }), {
        repeats: true,
      })
      return true
    } catch (error) {
      if (error instanceof Stopped || (isClash(error) && (await isElsewhere(here)))) return false
      throw error
    } finally {
      wrote()
    }
  }
}

const tells_ms = 500

/** Whether it is time to tell again how far it came: what is told goes to the screen of everybody concerned. */
function everyNow(): () => boolean {
  let last = -Infinity
  return () => {
    const now = performance.now()
    if (now - last < tells_ms) return false
    last = now
    return true
  }
}

/** What a batch meets that was written before. A commit whose answer is lost, on the other hand, has to be tried again. */
const isClash = (error: unknown): boolean =>
  error instanceof Problem || (error instanceof Error && 'code' in error && error.code === '23505')

/** Values that no two records may share, tags and companies that come to be, rules that give in turn, rows that name each other. */
function mustStayApart({ columns, reading }: Plan, { automation, create_companies }: ImportRow): boolean {
  return (
    automation ||
    create_companies ||
    reading.own.some(({ unique }) => unique) ||
    columns.some(
      (one) =>
        one.kind !== 'name_part' && (one.field?.type === 'tags' || one.field?.to === reading.kind.object),
    )
  )
}
