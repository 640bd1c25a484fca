/** Pairs as the caller may know them: of records that they may read, and without reasons of fields that they may not see. */
import {
  customPrefix,
  maySee,
  type Duplicate,
  type DuplicateOf,
  type DuplicateReason,
  type DuplicatesOfRecord,
} from '@rapport/contracts'
import type { Actor } from '../../platform/actor.ts'
import { invalidField } from '../../platform/problems.ts'
import type { Ctx } from '../../platform/tenancy.ts'
import { findPlace, kindOf, mayReadAt, readPlace, type RecordKind } from '../records/index.ts'
import { findWinner } from './merges.ts'
import { duplicateNotFound } from './problems.ts'
import { decide, findObject, listPairs, lockPair, pairsOf, type PairRow } from './repository.ts'

export function requireKind(actor: Actor, object: string): RecordKind {
  const kind = kindOf(object, actor)
  if (!kind) throw invalidField('object', 'invalid_value', 'is not an object with records')
  return kind
}

/** `email` stands for all fields of its type: whoever may not see one of them is not told of it. */
export function seenReasons(
  { field_rules }: Actor,
  { records }: RecordKind,
  reasons: readonly DuplicateReason[],
) {
  const hidden = (name: string) => !maySee(field_rules, records.object, name)
  const alike = { email: ['email', 'emails'], phone: ['phone', 'mobile', 'phones'] }
  return reasons.filter(({ field }) => {
    if (field.startsWith(customPrefix)) return !hidden(field) && !hidden('custom')
    return !(alike[field as keyof typeof alike] ?? [field]).some(hidden)
  })
}

function present(actor: Actor, kind: RecordKind, { a_id, b_id, a_name, b_name, ...row }: PairRow): Duplicate {
  const { records } = kind
  const names: [string, string] = maySee(actor.field_rules, records.object, records.title)
    ? [a_name, b_name]
    : ['', '']
  return { ...row, ids: [a_id, b_id], names, reasons: seenReasons(actor, kind, row.reasons) }
}

type Wanted = Parameters<typeof listPairs>[2] & { object: string }

export async function readDuplicates(ctx: Ctx, { object, ...wanted }: Wanted) {
  const kind = requireKind(ctx.actor, object)
  const { rows, next_cursor } = await listPairs(ctx, kind.records, wanted)
  return { items: rows.map((row) => present(ctx.actor, kind, row)), next_cursor }
}

export async function readDuplicatesOf(ctx: Ctx, kind: RecordKind, id: string): Promise<DuplicatesOfRecord> {
  await readPlace(ctx, { object: kind.records.object, id })
  const rows = await pairsOf(ctx, kind.records, id)
  const items = rows.map((row): DuplicateOf => {
    const { id: duplicate_id, ids, names, score, reasons } = present(ctx.actor, kind, row)
    const other = ids[0] === id.toLowerCase() ? 1 : 0
    return { id: ids[other], name: names[other], duplicate_id, score, reasons }
  })
  return { items, ...(await readWinner(ctx, kind, id)) }
}

/** Of a record that was merged: which one won, as far as the caller may read it. */
async function readWinner(ctx: Ctx, kind: RecordKind, id: string) {
  const lost = await findWinner(ctx, kind.records.object, id)
  const place = lost && (await findPlace(ctx, kind, lost.winner_id))
  if (!lost || !place || !mayReadAt(ctx.actor, place)) return { merged_into: null, merge_id: null }
  return { merged_into: { id: place.id, name: place.title }, merge_id: lost.merge_id }
}

/** Whether the two are the same is decided by whoever could merge them. */
export async function decidePair(ctx: Ctx, id: string, state: 'open' | 'dismissed'): Promise<Duplicate> {
  const object = await findObject(ctx, id)
  const kind = object === undefined ? undefined : kindOf(object, ctx.actor)
  const row = kind && (await lockPair(ctx, kind.records, id))
  if (!kind || !row) throw duplicateNotFound(id)
  if (row.state === 'merged' || row.state === state) return present(ctx.actor, kind, row)
  await decide(ctx, id, state)
  ctx.emit({
    type: state === 'dismissed' ? 'duplicate.dismissed' : 'duplicate.reopened',
    record: { object: row.object, id: row.a_id },
    changes: { before: { state: row.state }, after: { state, other_id: row.b_id } },
    owner_id: null,
    data: { duplicate_id: id, other_id: row.b_id },
  })
  return present(ctx.actor, kind, { ...row, state })
}
