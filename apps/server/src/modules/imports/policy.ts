/** What a batch comes to: which records are made, which are changed, which rows change nothing. Pure. */
import type { DuplicatePolicy as Schema } from '@rapport/contracts'
import type { z } from 'zod'
import type { Given } from '../records/index.ts'
import type { UpdateRights } from './access.ts'
import type { ReadRecord } from './conversion.ts'
import { identityOf, type KnownRecord } from './identity.ts'
import type { ImportKind } from './kinds.ts'

export type DuplicatePolicy = z.infer<typeof Schema>

/** The rows that a record comes from: two rows may mean one. */
type From = { rows: ReadRecord[] }

export type Settlement = {
  /** `contacts` are those who are linked with it. */
  created: (From & { given: Given; contacts: readonly string[] })[]
  updated: (From & { id: string; change: Given; contacts: readonly string[] })[]
  /** Rows that change nothing. */
  skipped: number
}

/** A record that a later row of the batch may mean again, with its values so far. */
type Standing = From & {
  values: Given
  change: Given
  /** Its people so far, and those of them who are new. */
  contacts: readonly string[]
  joined: readonly string[]
  id: string | null
  /** Nothing of it may be changed. */
  frozen: boolean
  /** Its name stays as it is. */
  named: boolean
}

export function settleBatch(
  kind: ImportKind,
  policy: DuplicatePolicy,
  rows: readonly ReadRecord[],
  known: ReadonlyMap<string, KnownRecord>,
  rights: UpdateRights,
): Settlement {
  const standing = new Map<string, Standing>()
  const made: Standing[] = []
  let skipped = 0
  for (const row of rows) {
    const identity = policy === 'create' ? null : identityOf(kind, row.given)
    const target =
      identity === null ? undefined : (standing.get(identity) ?? standingOf(known.get(identity), rights))
    if (identity !== null && target) standing.set(identity, target)
    if (!target) {
      const fresh = {
        rows: [row],
        values: { ...row.given },
        change: {},
        contacts: row.contacts,
        joined: row.contacts,
        id: null,
        frozen: false,
        named: false,
      }
      made.push(fresh)
      if (identity !== null) standing.set(identity, fresh)
    } else if (policy === 'skip' || target.frozen || !applyRow(kind, policy, target, row)) skipped += 1
    else target.rows.push(row)
  }
  const updated = [...new Set(standing.values())].flatMap(({ id, change, joined, rows: from }) =>
    id !== null && (Object.keys(change).length > 0 || joined.length > 0)
      ? [{ id, change, contacts: joined, rows: from }]
      : [],
  )
  const created = made.map(({ values, joined, rows: from }) => ({
    given: values,
    contacts: joined,
    rows: from,
  }))
  return { created, updated, skipped }
}

const custom = 'custom.'

function standingOf(
  record: KnownRecord | undefined,
  { mayUpdate, mayRename }: UpdateRights,
): Standing | undefined {
  if (!record) return undefined
  const own = Object.entries(record.values).filter(([name]) => name.startsWith(custom))
  const values = {
    ...record.values,
    custom: Object.fromEntries(own.map(([name, value]) => [name.slice(custom.length), value])),
  } as Given
  return {
    rows: [],
    values,
    change: {},
    contacts: record.contacts ?? [],
    joined: [],
    id: record.id,
    frozen: !mayUpdate(record),
    named: !mayRename,
  }
}

/** Answers whether the row changed anything. */
function applyRow(kind: ImportKind, policy: DuplicatePolicy, target: Standing, row: ReadRecord): boolean {
  const named = target.named || row.named_by_us
  const change = changeBy(kind, policy, target.values, row.given, named)
  const merged = change.custom ? { ...target.values.custom, ...change.custom } : target.values.custom
  target.values = { ...target.values, ...change, custom: merged }
  target.change = {
    ...target.change,
    ...change,
    ...(change.custom ? { custom: { ...target.change.custom, ...change.custom } } : {}),
  }
  const joining = row.contacts.filter((id) => !target.contacts.includes(id))
  target.contacts = [...target.contacts, ...joining]
  target.joined = [...target.joined, ...joining]
  return Object.keys(change).length > 0 || joining.length > 0
}

/** A record that is there stays in its stage: moving it is a step of its own, with rules of its own. */
const untouched = new Set(['stage_id', 'pipeline_id', 'tags'])

/** The fields of the row that differ and may replace what is there. An empty cell replaces nothing. */
function changeBy(
  { title, amount }: ImportKind,
  policy: DuplicatePolicy,
  now: Given,
  { custom: own, currency, ...fields }: Given,
  named: boolean,
): Given {
  const change: Given = Object.fromEntries(
    Object.entries(fields).filter(
      ([field, value]) =>
        !untouched.has(field) && !(field === title && named) && replaces(policy, now[field], value),
    ),
  )
  // Tags that others gave stay.
  if (fields['tags'] !== undefined) change['tags'] = { add: fields['tags'] }
  // The amount and its currency are one value.
  const takesCurrency = (amount !== null && change[amount] !== undefined) || policy === 'overwrite'
  if (takesCurrency && currency !== undefined && currency !== now['currency']) change['currency'] = currency
  const kept = Object.entries(own ?? {}).filter(([key, value]) => replaces(policy, now.custom?.[key], value))
  if (kept.length > 0) change.custom = Object.fromEntries(kept)
  return change
}

function replaces(policy: DuplicatePolicy, before: unknown, after: unknown): boolean {
  if (after == null || isAlike(before, after)) return false
  return policy === 'overwrite' || before == null || before === '' || isNothing(before)
}

const isNothing = (value: unknown) => Array.isArray(value) && value.length === 0
const isAlike = (one: unknown, other: unknown): boolean =>
  one === other || (Array.isArray(one) && JSON.stringify(one) === JSON.stringify(other))
