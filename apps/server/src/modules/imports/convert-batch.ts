/** Rows of a batch as records: cells are read one by one, and what they lead to is looked for together. */
import { contactsTarget, customPrefix } from '@rapport/contracts'
import { createBreath } from '../../platform/breathing.ts'
import type { Ctx } from '../../platform/tenancy.ts'
import type { Given } from '../records/index.ts'
import { convertRow, type Link, type ReadRecord } from './conversion.ts'
import { atCompany, keyOf, type LinkBook, type Named } from './links.ts'
import { withMissing, type MakeMissing } from './missing.ts'
import { missingOwn } from './own-cells.ts'
import type { NamesHere } from './own-names.ts'
import type { Plan } from './plan.ts'
import type { ReadingContext } from './readers.ts'
import { joinReasons, type RowReason } from './reasons.ts'
import type { FailedRow } from './repository.ts'
import type { FileRow } from './rows.ts'

export type Linking = { book: LinkBook; names: NamesHere; make?: MakeMissing | undefined }
/** `links` are left of a record that names a row of the file which is not there yet. */
export type ConvertedBatch = { rows: number; readable: ReadRecord[]; failed: FailedRow[] }

/** Cells alone: what needs no database is done while it is busy with the batch before. */
export async function* readBatches(
  plan: Plan,
  batches: AsyncIterable<readonly FileRow[]>,
): AsyncGenerator<ConvertedBatch, void, void> {
  for await (const batch of batches) yield await readBatch(plan, batch)
}

export async function readBatch(plan: Plan, batch: readonly FileRow[]): Promise<ConvertedBatch> {
  const readable: ReadRecord[] = []
  const failed: FailedRow[] = []
  const breathe = createBreath()
  for (const row of batch) {
    await breathe()
    const converted = convertRow(plan, row)
    if ('given' in converted) readable.push(converted)
    else failed.push(converted)
  }
  return { rows: batch.length, readable, failed }
}

export async function linkBatch(
  ctx: Pick<Ctx, 'tx' | 'actor'>,
  plan: Plan,
  { rows, readable, failed }: ConvertedBatch,
  linking: Linking,
): Promise<ConvertedBatch> {
  const links = readable.flatMap((one) => one.links)
  if (links.length === 0) return { rows, readable, failed }
  const { names, make } = linking
  const there = await linking.book.find(ctx, links)
  const isRow = ({ to, text }: Named) => to === plan.reading.kind.object && names(text)
  const found = make ? await withMissing(links, there, { make, rows: isRow }) : there
  const linked = readable.map((one) => followLinks(plan, one, found, names))
  return {
    rows,
    readable: linked.filter((one) => 'given' in one),
    failed: [...failed, ...linked.filter((one) => 'problem' in one)].toSorted((a, b) => a.row - b.row),
  }
}

function followLinks(
  { reading }: Plan,
  read: ReadRecord,
  found: Awaited<ReturnType<LinkBook['find']>>,
  names: NamesHere,
): ReadRecord | FailedRow {
  if (read.links.length === 0) return read
  const unfound: (Link & { reason: RowReason })[] = []
  const later: Link[] = []
  const contacts = new Set<string>()
  let { given } = read
  // Its company first, which tells people of one name apart.
  for (const link of read.links.toSorted((a, b) => Number(isCompany(b)) - Number(isCompany(a)))) {
    const { field, column, to, text } = link
    const meant = found.get(keyOf(link))
    const leads = meant && atCompany(meant, given['company_id'])
    if (leads && 'id' in leads && field === contactsTarget) contacts.add(leads.id)
    else if (leads && 'id' in leads) given = withValue(given, field, leads.id)
    else if (to === reading.kind.object && names(text)) later.push(link)
    else if (leads) unfound.push({ ...link, reason: { column, ...leads.problem } })
  }
  const [first] = unfound
  if (!first) return { ...read, given, links: later, contacts: [...contacts] }
  const reasons = unfound.map(({ reason }) => reason)
  const problem = joinReasons(first.text.slice(0, 300), reasons)
  if (!reading.keep_unreadable || unfound.some((link) => isNeeded(reading, link)))
    return { row: read.row, cells: read.cells, problem }
  for (const [kept_as, some] of Map.groupBy(unfound, (link) => link.kept_as))
    given = withValue(given, customPrefix + kept_as, some.map(({ text }) => text).join('; '))
  const { unreadable } = read
  return {
    ...read,
    given,
    links: later,
    contacts: [...contacts],
    unreadable: unreadable ? joinReasons(unreadable.value, [...unreadable.reasons, ...reasons]) : problem,
  }
}

const isCompany = ({ field }: Link): boolean => field === 'company_id'

/** A field without which there can be no record. */
const isNeeded = ({ own }: ReadingContext, { field }: Link): boolean =>
  missingOwn(own, {}).some(({ key }) => customPrefix + key === field)

export function withValue(given: Given, field: string, value: string): Given {
  if (!field.startsWith(customPrefix)) return { ...given, [field]: value }
  return { ...given, custom: { ...given.custom, [field.slice(customPrefix.length)]: value } }
}
