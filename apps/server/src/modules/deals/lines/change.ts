/**
 * The lines of a deal change with the deal locked. Its value follows in the same transaction, so that boards, totals
 * and filters by value need not know of lines; when the last line goes, the value stays as it was and is free again.
 */
import {
  fitsCurrency,
  lineTotals,
  maxLineItems,
  moneyScale,
  type LineItemChange,
  type LineItems,
  type NewLineItem,
} from '@rapport/contracts'
import { newId } from '../../../platform/ids.ts'
import { conflict, invalidField, notFound } from '../../../platform/problems.ts'
import type { Ctx } from '../../../platform/tenancy.ts'
import {
  lockRow,
  refuseStale,
  refuseTrashed,
  requireEditableFields,
  requireTouchable,
  tooManyDecimals,
  writeChanges,
  type Changes,
} from '../../records/index.ts'
import { deals, type DealRow } from '../definition.ts'
import { findOffered, type Offered } from './offered.ts'
import { presentLines } from './present.ts'
import { keepLines, readLines, type Line } from './repository.ts'

const maxValue = 100_000_000_000

export async function addLine(ctx: Ctx, deal_id: string, given: NewLineItem): Promise<LineItems> {
  const { version, position, product_id, ...own } = given
  const { deal, lines } = await lockLines(ctx, deal_id, version)
  if (lines.length >= maxLineItems)
    throw conflict('too_many_line_items', `A deal has at most ${maxLineItems} line items.`)
  const offered = product_id == null ? null : await findOffered(ctx, product_id)
  const line = newLine(offered, own, deal.currency)
  return write(ctx, deal, lines, lines.toSpliced(position ?? lines.length, 0, line), [null, line])
}

export async function changeLine(
  ctx: Ctx,
  { deal_id, line_id }: { deal_id: string; line_id: string },
  { version, position, ...given }: LineItemChange,
): Promise<LineItems> {
  const { deal, lines } = await lockLines(ctx, deal_id, version)
  const before = requireLine(lines, line_id)
  if (given.product_id != null && given.product_id !== before.product_id)
    await findOffered(ctx, given.product_id)
  const after: Line = { ...before, ...defined(given) }
  requirePayable(after, deal.currency)
  const others = lines.filter((line) => line !== before)
  return write(ctx, deal, lines, others.toSpliced(position ?? lines.indexOf(before), 0, after), [
    before,
    after,
  ])
}

export async function removeLine(
  ctx: Ctx,
  { deal_id, line_id }: { deal_id: string; line_id: string },
  version: number | undefined,
): Promise<void> {
  const { deal, lines } = await lockLines(ctx, deal_id, version)
  const line = requireLine(lines, line_id)
  await write(
    ctx,
    deal,
    lines,
    lines.filter((other) => other !== line),
    [line, null],
  )
}

async function lockLines(
  ctx: Ctx,
  id: string,
  version: number | undefined,
): Promise<{ deal: DealRow; lines: Line[] }> {
  const deal = requireTouchable(ctx.actor, deals, 'deals:update', await lockRow(ctx, deals, id), id)
  requireEditableFields(ctx.actor, deals, { value: 0 }, 'changing')
  refuseTrashed(deals, deal)
  await refuseStale(ctx, deals, deal, version, {})
  return { deal, lines: await readLines(ctx, id) }
}

function requireLine(lines: readonly Line[], id: string): Line {
  const line = lines.find((one) => one.id === id.toLowerCase())
  if (line) return line
  throw notFound('line_item', id)
}

const defined = <Given extends object>(given: Given) =>
  Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined))

/** What is not given is the product's, as it is now: a later price leaves the offer as it was. */
function newLine(
  offered: Offered | null,
  own: Omit<NewLineItem, 'product_id' | 'position' | 'version'>,
  currency: string,
): Line {
  const price = offered?.currency === currency ? offered.price : null
  if (offered && own.unit_price === undefined && price === null)
    throw invalidField('unit_price', 'no_price', `must be given: the product has no price in ${currency}`)
  const now = new Date().toISOString()
  const line: Line = {
    id: newId(),
    product_id: offered?.id ?? null,
    name: own.name ?? offered?.name ?? '',
    description: own.description === undefined ? (offered?.description ?? null) : own.description,
    quantity: own.quantity ?? 1,
    unit: own.unit === undefined ? (offered?.unit ?? null) : own.unit,
    unit_price: own.unit_price ?? price ?? 0,
    discount_percent: own.discount_percent ?? 0,
    tax_percent: own.tax_percent ?? offered?.tax_rate ?? 0,
    created_at: now,
    updated_at: now,
  }
  requirePayable(line, currency)
  return line
}

function requirePayable({ unit_price }: Line, currency: string): void {
  if (!fitsCurrency(unit_price, currency)) throw tooManyDecimals('unit_price')
}

async function write(
  ctx: Ctx,
  deal: DealRow,
  before: readonly Line[],
  lines: readonly Line[],
  [was, is]: [Line | null, Line | null],
): Promise<LineItems> {
  const { id, currency } = deal
  const isMoved = was !== null && is !== null && before.indexOf(was) !== lines.indexOf(is)
  const told = [textOf(was, currency), textOf(is, currency)] as const
  const named = was?.description !== is?.description || was?.product_id !== is?.product_id
  if (!isMoved && !named && told[0] === told[1]) return presentLines(priced(deal, before))
  const { net } = lineTotals(lines, currency)
  if (net > maxValue) throw invalidField('unit_price', 'total_too_large', 'makes the deal worth too much')
  const value = lines.length === 0 ? deal.value : Math.round(net * moneyScale)
  const changes: Changes = {
    ...(value === deal.value ? {} : { value: [inMajor(deal.value), inMajor(value)] }),
    line_items: [...told],
  }
  await keepLines(ctx, id, lines)
  const plan = { row: deal, after: { ...deal, value }, changes, columns: { value } }
  const [changed = deal] = await writeChanges(ctx, deals, [plan])
  return presentLines(priced(changed, await readLines(ctx, id)))
}

const inMajor = (value: number | null) => (value === null ? null : value / moneyScale)
const priced = (deal: DealRow, lines: readonly Line[]) => ({
  ...deal,
  value: inMajor(deal.value),
  lines: [...lines],
})

/** A line in the timeline and the audit log: `2 kg × Copper, 10.5 EUR, −5 %, +19 %`. */
function textOf(line: Line | null, currency: string): string | null {
  if (line === null) return null
  const { quantity, unit, name, unit_price, discount_percent, tax_percent } = line
  return [
    `${quantity}${unit ? ` ${unit}` : ''} × ${name}`,
    `${unit_price} ${currency}`,
    ...(discount_percent > 0 ? [`−${discount_percent} %`] : []),
    ...(tax_percent > 0 ? [`+${tax_percent} %`] : []),
  ].join(', ')
}
