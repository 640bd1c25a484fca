/** Into whose hands records go: of one member, of several who share them, or of whom the rules choose. */
import type { HandOver, HandOverPreview } from '@rapport/contracts'
import type { RecordDescription } from '../../platform/lists/index.ts'
import type { Ctx } from '../../platform/tenancy.ts'
import { assignment } from '../records/index.ts'
import { allOwnedKinds, countOwned, readOwned } from './owned.ts'

/** Whom, and by which rule if it was one. Records that nobody gets are left out. */
type Chosen = { owner_id: string; by?: { rule_id: string; rule: string } }
export type Hands = (ctx: Ctx, ids: readonly string[]) => Promise<Map<string, Chosen>>

export async function openHands(ctx: Ctx, records: RecordDescription, to: HandOver): Promise<Hands> {
  if (to.strategy === 'rules')
    return async (now, ids) => {
      const assigned = await assignment().assignKnown(now, records, ids)
      return new Map([...assigned].map(([id, { owner_id, ...by }]) => [id, { owner_id, by }]))
    }
  const next = await openTurns(ctx, records, to)
  return async (_now, ids) =>
    new Map(
      ids.flatMap((id): [string, Chosen][] => {
        const owner_id = next()
        return owner_id === null ? [] : [[id, { owner_id }]]
      }),
    )
}

/** Whose turn it is, record by record. */
const openTurns = async (
  ctx: Ctx,
  records: RecordDescription,
  to: Exclude<HandOver, { strategy: 'rules' }>,
) => (to.strategy === 'member' ? () => to.user_id : assignment().openPool(ctx, records, to))

/** Rules have to read each record: so many of a kind are looked at. */
const mostRead = 1_000

export async function previewHandOver(ctx: Ctx, user_id: string, to: HandOver): Promise<HandOverPreview> {
  const shares = new Map<string, number>()
  let [looked_at, given] = [0, 0]
  const give = (owner_id: string | null) => {
    if (owner_id === null || owner_id === user_id) return
    given += 1
    shares.set(owner_id, (shares.get(owner_id) ?? 0) + 1)
  }
  const kinds = await allOwnedKinds(ctx)
  const counts = await countOwned(ctx, user_id, kinds)
  for (const kind of kinds) {
    const count = counts[kind.records.object] ?? 0
    if (to.strategy === 'rules') {
      const ids = await readOwned(ctx, kind, user_id, { after: null, limit: mostRead, locked: false })
      const chosen = await assignment().proposeKnown(ctx, kind.records, ids)
      for (const { owner_id } of chosen.values()) give(owner_id)
      looked_at += ids.length
    } else {
      const next = await openTurns(ctx, kind.records, to)
      for (let place = 0; place < count; place += 1) give(next())
      looked_at += count
    }
  }
  return {
    owned: Object.values(counts).reduce((sum, count) => sum + count, 0),
    looked_at,
    shares: [...shares].map(([id, records]) => ({ user_id: id, records })),
    kept: looked_at - given,
  }
}
