/** The kinds of records that are followed up. A follow-up belongs to its record: who may change that may change it. */
import type { FollowedObject, Permission } from '@rapport/contracts'
import { contacts } from '../contacts/index.ts'
import { deals } from '../deals/index.ts'
import { leads } from '../leads/index.ts'
import {
  lockRow,
  refuseTrashed,
  requireTouchable,
  type BaseRow,
  type RecordDefinition,
} from '../records/index.ts'
import type { Ctx } from '../../platform/tenancy.ts'
import type { RecordDescription } from '../../platform/lists/index.ts'

export type Followed = {
  object: FollowedObject
  records: RecordDescription
  /** Locks the record, refuses it where the caller may not change it or it is in the trash. */
  lock: (ctx: Ctx, id: string) => Promise<BaseRow>
}

const followed = <Row extends BaseRow>(
  object: FollowedObject,
  definition: RecordDefinition<Row>,
): Followed => ({
  object,
  records: definition.records,
  async lock(ctx, id) {
    const { permissions } = definition.records
    const found = await lockRow(ctx, definition, id)
    const row = requireTouchable(ctx.actor, definition, permissions.update, found, id)
    refuseTrashed(definition, row)
    return row
  },
})

export const followedKinds: Readonly<Record<FollowedObject, Followed>> = {
  lead: followed('lead', leads),
  contact: followed('contact', contacts),
  deal: followed('deal', deals),
}

type Several = [Permission, ...Permission[]]
export const readers: Several = ['leads:read', 'contacts:read', 'deals:read']
export const changers: Several = ['leads:update', 'contacts:update', 'deals:update']
