/** One batch in one transaction: its records, its row errors, how far the import came, and what the way back needs. */
import { contactsTarget } from '@rapport/contracts'
import { Problem } from '../../platform/problems.ts'
import type { Ctx } from '../../platform/tenancy.ts'
import { linkedContactsOfAll, linkImported } from '../contacts/index.ts'
import { countNew, eventOf, type BaseRow } from '../records/index.ts'
import { updateRights } from './access.ts'
import { keepChanges, keepCreated, keepLinks, type KeptLink } from './kept.ts'
import { linkBatch, type ConvertedBatch, type Linking } from './convert-batch.ts'
import { findKnown, type KnownRecord } from './identity.ts'
import { makeCompanies } from './missing.ts'
import { ownerGiver } from './owner.ts'
import type { Plan } from './plan.ts'
import { settleBatch, type DuplicatePolicy, type Settlement } from './policy.ts'
import { progressOf } from './presentation.ts'
import { refusalOf } from './refusal.ts'
import { insertErrors, lockImport, updateImport, type FailedRow } from './repository.ts'

export type Batch = {
  id: string
  file_name: string
  plan: Plan
  read: ConvertedBatch
  done: number
  linking: Linking
  policy: DuplicatePolicy
  automation: boolean
  /** Whether companies that cells name are made where there are none. */
  create_companies: boolean
  /** Whether others are to be told now how far it came. */
  tells: () => boolean
  /** Waits until the batch before has been written. */
  ready: () => Promise<void>
  /** Told when its records are written. */
  wrote: () => void
  /** Waits until the batch before is committed. */
  turn: () => Promise<void>
}

/** The import was held, cancelled, or gone on with by another worker: nothing of the batch stays. */
export class Stopped extends Error {}

/** What changes records waits its turn before, what makes new ones after it has written them. */
export async function writeBatch(ctx: Ctx, batch: Batch): Promise<void> {
  const { id, plan, read, done, linking, policy, create_companies, wrote, turn } = batch
  const { kind } = plan.reading
  let companies = 0
  const make = async (texts: readonly string[]) => {
    const made = await makeCompanies(ctx, batch, texts)
    companies = new Set([...made.values()].flatMap((leads) => ('id' in leads ? leads.id : []))).size
    return made
  }
  const { rows, readable, failed } = await linkBatch(ctx, plan, read, {
    ...linking,
    make: create_companies ? make : undefined,
  })
  const given = readable.map((one) => one.given)
  const find = async () => withContacts(ctx, plan, await findKnown(ctx, kind, given))
  let known = policy === 'create' ? new Map() : await find()
  if (policy !== 'skip' && known.size > 0) {
    await turn()
    known = await find()
  }
  const settled = settleBatch(kind, policy, readable, known, updateRights(ctx.actor, kind))
  const { failed: refused, made, ...counts } = await writeSettled(ctx, batch, settled)
  failed.push(...refused)
  wrote()
  await turn()
  const current = await lockImport(ctx, id)
  if (current?.state !== 'running' || current.phase !== 'rows' || current.done !== done) throw new Stopped()
  await countNew(ctx, kind.kind.records, made)
  await insertErrors(ctx, id, failed)
  const moved = await updateImport(ctx, id, {
    done: done + rows,
    created: current.created + counts.created,
    updated: current.updated + counts.updated,
    skipped: current.skipped + settled.skipped,
    failed: current.failed + failed.length,
    unreadable: current.unreadable + counts.unreadable,
    companies: current.companies + companies,
  })
  if (batch.tells()) ctx.emit(progressOf(moved))
}

/** The people of records that are there, where the file names people. */
async function withContacts(
  ctx: Ctx,
  { columns, reading: { kind } }: Plan,
  known: Map<string, KnownRecord>,
): Promise<Map<string, KnownRecord>> {
  const isNamed = columns.some((one) => one.kind === 'field' && one.field.name === contactsTarget)
  if (!kind.linking || !isNamed || known.size === 0) return known
  const ids = [...known.values()].map(({ id }) => id)
  const linked = await linkedContactsOfAll(ctx, kind.linking, ids)
  return new Map(
    [...known].map(([identity, record]) => [identity, { ...record, contacts: linked.get(record.id) ?? [] }]),
  )
}

type Written = {
  created: number
  updated: number
  /** Rows of which something is kept as text. */
  unreadable: number
  made: readonly BaseRow[]
  failed: FailedRow[]
}
type Made = Settlement['created'][number]
type Changed = Settlement['updated'][number]

/** What one record is refused for fails with its rows; the others of the batch are written all the same. */
async function writeSettled(
  ctx: Ctx,
  { id: import_id, file_name, plan, done, automation, ready }: Batch,
  { created, updated }: Settlement,
): Promise<Written> {
  const { object, kind, linking } = plan.reading.kind
  const refusals = new Map<Made | Changed, Problem>()
  const ids = new Map<Made, string>()
  const giveOwner = ownerGiver(ctx.actor, kind.records)
  const made = await kind.insert(
    ctx,
    created.map(({ given }) => giveOwner(given)),
    { import_id },
    {
      unaudited: true,
      unread: true,
      counted: true,
      ready,
      assigns: (index) => automation && created[index]?.given.owner_id == null,
      refused(index, problem) {
        const one = created[index]
        if (one) refusals.set(one, problem)
      },
      made(index, { id }) {
        const one = created[index]
        if (one) ids.set(one, id)
      },
    },
  )
  const wanted = new Map(
    updated.flatMap(({ id, change }) => (Object.keys(change).length > 0 ? [[id, change]] : [])),
  )
  const outcomes = wanted.size === 0 ? new Map() : await kind.update(ctx, wanted, { origin: { import_id } })
  const versions = new Map<string, number>()
  const counts = { created: 0, updated: 0, unreadable: 0 }
  for (const one of updated) {
    const outcome = outcomes.get(one.id)
    if (outcome instanceof Problem) refusals.set(one, outcome)
    else {
      counts.updated += one.rows.length
      counts.unreadable += unreadableOf(one)
      if (outcome?.changed) versions.set(one.id, outcome.row.version)
    }
  }
  for (const one of created) {
    if (refusals.has(one)) continue
    counts.created += 1
    // Further rows that mean a record of the same file change what the first one made.
    counts.updated += one.rows.length - 1
    counts.unreadable += unreadableOf(one)
  }
  if (linking) {
    const joined = [...created, ...updated].flatMap((one) => {
      const record_id = 'id' in one ? one.id : ids.get(one)
      if (record_id === undefined || refusals.has(one)) return []
      return one.contacts.map((contact_id) => ({ record_id, contact_id, is_new: !('id' in one) }))
    })
    if (joined.length > 0) await linkImported(ctx, linking, joined, import_id)
  }
  await keepCreated(ctx, { import_id, place: done, object: '' }, [...ids.values()])
  if (ids.size > 0)
    ctx.audit({
      action: eventOf(kind.records.family, 'created'),
      object: 'import',
      record_id: import_id,
      record_name: file_name,
      after: { object, created: [...ids.values()] },
    })
  await keepChanges(ctx, { import_id, object }, versions)
  await keepLinks(ctx, import_id, [
    ...linksOf(created, (one) => ids.get(one)),
    ...linksOf(updated, (one) => (refusals.has(one) ? undefined : one.id)),
  ])
  const failed = [...refusals].flatMap(([{ rows }, problem]) =>
    rows.map(({ row, cells }) => ({ row, cells, problem: refusalOf(plan, problem) })),
  )
  return { ...counts, made, failed }
}

const unreadableOf = ({ rows }: Made | Changed): number =>
  rows.filter(({ unreadable }) => unreadable !== null).length

/** Cells that name a row of the file which is not there yet. */
const linksOf = <One extends Made | Changed>(
  written: readonly One[],
  idOf: (one: One) => string | undefined,
): KeptLink[] =>
  written.flatMap((one) => {
    const record_id = idOf(one)
    if (record_id === undefined) return []
    return one.rows.flatMap(({ row, links, cells: source }) =>
      links.map(({ field, column, text }) => ({ row, field, column_name: column, record_id, text, source })),
    )
  })
