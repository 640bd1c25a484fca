/** Goes through the whole file as the import would, and writes nothing. */
import type { operations, ReplyOf } from '@rapport/contracts'
import type { Actor } from '../../platform/actor.ts'
import type { Tenancy } from '../../platform/tenancy.ts'
import { updateRights } from './access.ts'
import { inBatches, skipRows } from './batches.ts'
import { convertRow, type ReadLead } from './conversion.ts'
import { findKnown, identityOf, type KnownLead } from './duplicates.ts'
import { KeySet } from './key-set.ts'
import type { Plan } from './plan.ts'
import type { DuplicatePolicy } from './policy.ts'
import { inWords, type RowProblem } from './reasons.ts'
import type { FileRow } from './rows.ts'

export type DryRun = ReplyOf<typeof operations.imports.validate>
const mostErrors = 200

export async function rehearse(
  tenancy: Pick<Tenancy, 'inTenant'>,
  actor: Actor,
  plan: Plan,
  policy: DuplicatePolicy,
  rows: AsyncIterable<FileRow>,
): Promise<DryRun> {
  const seen = new KeySet()
  const { mayUpdate } = updateRights(actor)
  // A lead that an earlier row makes is the importer's own to change.
  const mayChange = (lead: KnownLead | undefined) => lead === undefined || mayUpdate(lead)
  const counts: DryRun = { total: 0, new: 0, update: 0, duplicate: 0, invalid: 0, errors: [] }
  for await (const batch of inBatches(skipRows(rows, 0))) {
    counts.total += batch.length
    const readable: ReadLead[] = []
    for (const row of batch) {
      const converted = convertRow(plan, row)
      if ('lead' in converted) readable.push(converted)
      else {
        counts.invalid += 1
        if (counts.errors.length < mostErrors)
          counts.errors.push(presentProblem(converted.row, converted.problem, actor))
      }
    }
    const leads = readable.map(({ lead }) => lead)
    const known = await tenancy.inTenant(actor, (ctx) => findKnown(ctx, leads))
    for (const lead of leads) {
      const identity = identityOf(lead)
      const isNew = identity === null || (seen.add(identity) && !known.has(identity))
      if (isNew) counts.new += 1
      else if (policy === 'create' || policy === 'skip' || !mayChange(known.get(identity ?? '')))
        counts.duplicate += 1
      else counts.update += 1
    }
  }
  return counts
}

const presentProblem = (row: number, { column, value, reasons }: RowProblem, { language }: Actor) => ({
  row,
  column,
  value,
  code: reasons[0]?.code ?? 'unfit',
  message: inWords(reasons, language),
})
