/** What a batch comes to: which leads are made, which are changed, which rows change nothing. Pure. */
import { moneyScale, type DuplicatePolicy as Schema, type LeadChange, type NewLead } from '@rapport/contracts'
import type { z } from 'zod'
import type { UpdateRights } from './access.ts'
import type { ReadLead } from './conversion.ts'
import { identityOf, type KnownLead } from './duplicates.ts'

export type DuplicatePolicy = z.infer<typeof Schema>
type Values = { [Field in keyof NewLead]?: NewLead[Field] | undefined }
type Change = Omit<LeadChange, 'version' | 'tags'> & Pick<NewLead, 'tags'>

/** The rows that a lead comes from: two rows may mean one lead. */
type From = { rows: ReadLead[] }

export type Settlement = {
  created: (From & { lead: NewLead })[]
  updated: (From & { id: string; change: Change })[]
  /** Rows that change nothing. */
  skipped: number
}

/** A lead that a later row of the batch may mean again, with its values so far. */
type Standing = From & {
  values: Values
  change: Change
  id: string | null
  /** Nothing of it may be changed. */
  frozen: boolean
  /** Its name stays as it is. */
  named: boolean
}

export function settleBatch(
  policy: DuplicatePolicy,
  rows: readonly ReadLead[],
  known: ReadonlyMap<string, KnownLead>,
  rights: UpdateRights,
): Settlement {
  const standing = new Map<string, Standing>()
  const made: Standing[] = []
  let skipped = 0
  for (const row of rows) {
    const identity = policy === 'create' ? null : identityOf(row.lead)
    const target =
      identity === null ? undefined : (standing.get(identity) ?? standingOf(known.get(identity), rights))
    if (identity !== null && target) standing.set(identity, target)
    if (!target) {
      const fresh = {
        rows: [row],
        values: { ...row.lead },
        change: {},
        id: null,
        frozen: false,
        named: false,
      }
      made.push(fresh)
      if (identity !== null) standing.set(identity, fresh)
    } else if (policy === 'skip' || target.frozen || !applyRow(policy, target, row)) skipped += 1
    else target.rows.push(row)
  }
  const updated = [...new Set(standing.values())].flatMap(({ id, change, rows: from }) =>
    id !== null && Object.keys(change).length > 0 ? [{ id, change, rows: from }] : [],
  )
  const created = made.map(({ values, rows: from }) => ({ lead: values as NewLead, rows: from }))
  return { created, updated, skipped }
}

function standingOf(
  lead: KnownLead | undefined,
  { mayUpdate, mayRename }: UpdateRights,
): Standing | undefined {
  if (!lead) return undefined
  const { id, estimated_value, status, custom, ...same } = lead
  const values = {
    ...same,
    status: status as NewLead['status'],
    custom: custom as NewLead['custom'],
    estimated_value: estimated_value === null ? null : estimated_value / moneyScale,
  }
  return { rows: [], values, change: {}, id, frozen: !mayUpdate(lead), named: !mayRename }
}

/** Answers whether the row changed anything. */
function applyRow(policy: DuplicatePolicy, target: Standing, row: ReadLead): boolean {
  const { named } = target
  const change = changeBy(policy, target.values, { ...row, named_by_us: named || row.named_by_us })
  const merged = change.custom ? { ...target.values.custom, ...change.custom } : target.values.custom
  target.values = { ...target.values, ...change, custom: merged }
  target.change = {
    ...target.change,
    ...change,
    ...(change.custom ? { custom: { ...target.change.custom, ...change.custom } } : {}),
  }
  return Object.keys(change).length > 0
}

/** The fields of the row that differ and may replace what is there. An empty cell replaces nothing. */
function changeBy(policy: DuplicatePolicy, now: Values, { lead, named_by_us }: ReadLead): Change {
  const { custom, currency, ...fields } = lead
  const replaces = (before: unknown, after: unknown) =>
    after != null && after !== before && (policy === 'overwrite' || before == null || before === '')
  const change: Change = Object.fromEntries(
    Object.entries(fields).filter(
      ([field, value]) =>
        !(field === 'full_name' && named_by_us) && replaces(now[field as keyof Values], value),
    ),
  )
  // The amount and its currency are one value.
  const takesCurrency = change.estimated_value !== undefined || policy === 'overwrite'
  if (takesCurrency && currency !== undefined && currency !== now.currency) change.currency = currency
  const kept = Object.entries(custom ?? {}).filter(([key, value]) => replaces(now.custom?.[key], value))
  if (kept.length > 0) change.custom = Object.fromEntries(kept)
  return change
}
