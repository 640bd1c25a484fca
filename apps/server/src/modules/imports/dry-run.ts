/** Goes through the whole file as the import would, and writes nothing. */
import type { operations, ReplyOf } from '@rapport/contracts'
import type { Actor } from '../../platform/actor.ts'
import type { Tenancy } from '../../platform/tenancy.ts'
import { updateRights } from './access.ts'
import { inBatches, skipRows } from './batches.ts'
import { linkBatch, readBatch } from './convert-batch.ts'
import { findKnown, identityOf, type KnownRecord } from './identity.ts'
import { KeySet } from './key-set.ts'
import { createLinkBook, type Leads } from './links.ts'
import { byFoldedName, type MakeMissing } from './missing.ts'
import type { Plan } from './plan.ts'
import type { DuplicatePolicy } from './policy.ts'
import { inWords, type RowProblem } from './reasons.ts'
import type { FileRow } from './rows.ts'
import type { NamesHere } from './own-names.ts'

export type DryRun = ReplyOf<typeof operations.imports.validate>
const mostErrors = 200
const mostStages = 50
const mostCompanies = 50
/** Stands for a company that would be made. */
const toBeMade: Leads = { id: '00000000-0000-0000-0000-000000000000' }

type Parts = {
  tenancy: Pick<Tenancy, 'inTenant'>
  actor: Actor
  plan: Plan
  policy: DuplicatePolicy
  create_companies: boolean
}

export async function rehearse(
  { tenancy, actor, plan, policy, create_companies }: Parts,
  rows: AsyncIterable<FileRow>,
  names: NamesHere,
): Promise<DryRun> {
  const { kind } = plan.reading
  const seen = new KeySet()
  const book = createLinkBook()
  const { mayUpdate } = updateRights(actor, kind)
  // A record that an earlier row makes is the importer's own to change.
  const mayChange = (known: KnownRecord | undefined) => known === undefined || mayUpdate(known)
  const counts: DryRun = {
    total: 0,
    new: 0,
    update: 0,
    duplicate: 0,
    invalid: 0,
    unreadable: 0,
    unknown_stages: [],
    new_companies: { count: 0, names: [] },
    errors: [],
  }
  const companies = new KeySet()
  const make: MakeMissing = async (texts) => {
    for (const [folded, [name = '']] of byFoldedName(texts)) {
      if (!companies.add(folded)) continue
      counts.new_companies.count += 1
      if (counts.new_companies.names.length < mostCompanies) counts.new_companies.names.push(name)
    }
    return new Map(texts.map((text) => [text, toBeMade]))
  }
  const stages = new Map<string, number>()
  for await (const batch of inBatches(skipRows(rows, 0))) {
    counts.total += batch.length
    countStages(plan, batch, stages)
    const read = await readBatch(plan, batch)
    await tenancy.inTenant(actor, async (ctx) => {
      const { readable, failed } = await linkBatch(ctx, plan, read, {
        book,
        names,
        make: create_companies ? make : undefined,
      })
      counts.invalid += failed.length
      const kept: Told[] = readable.flatMap(({ row, unreadable }) =>
        unreadable ? { row, problem: unreadable } : [],
      )
      for (const told of [...failed, ...kept].toSorted((a, b) => a.row - b.row))
        if (counts.errors.length < mostErrors)
          counts.errors.push(presentProblem(told, kept.includes(told), actor))
      const known = await findKnown(
        ctx,
        kind,
        readable.map(({ given }) => given),
      )
      for (const one of readable) {
        const identity = identityOf(kind, one.given)
        const isNew = identity === null || (seen.add(identity) && !known.has(identity))
        const changes = policy === 'fill_empty' || policy === 'overwrite'
        const updates = !isNew && changes && mayChange(known.get(identity ?? ''))
        counts[isNew ? 'new' : updates ? 'update' : 'duplicate'] += 1
        if (one.unreadable && (isNew || updates || policy === 'create')) counts.unreadable += 1
      }
    })
  }
  const unknown_stages = [...stages].map(([name, count]) => ({ name, rows: count }))
  return { ...counts, unknown_stages }
}

/** Rows whose stage there is not begin at the first one: that is told before it happens. */
function countStages(
  { columns, reading }: Plan,
  batch: readonly FileRow[],
  stages: Map<string, number>,
): void {
  const column = columns.find((one) => one.kind === 'field' && one.field.name === 'stage_id')
  if (!column) return
  for (const { cells } of batch) {
    const name = (cells[column.index] ?? '').trim()
    if (name === '' || reading.findStage(name) !== undefined) continue
    if (stages.has(name) || stages.size < mostStages) stages.set(name, (stages.get(name) ?? 0) + 1)
  }
}

type Told = { row: number; problem: RowProblem }

const presentProblem = (
  { row, problem: { column, value, reasons } }: Told,
  is_kept: boolean,
  { language }: Actor,
) => ({
  row,
  column,
  value,
  is_kept,
  code: reasons[0]?.code ?? 'unfit',
  message: inWords(reasons, language),
})
