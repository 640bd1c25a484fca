/** Deals as an instance of the general description of records, and of records in stages. */
import { dealFields } from '@rapport/contracts'
import { sql, type RawBuilder, type Selectable } from 'kysely'
import type { DB } from '../../db/types.ts'
import { describeRecords, type RecordDescription } from '../../platform/lists/index.ts'
import type { Custom, RecordDefinition } from '../records/index.ts'
import type { SearchDocument } from '../search/index.ts'
import type { Staged } from '../staged/index.ts'
import { tagRows } from '../tags/index.ts'
import { settleClosing } from './closing.ts'
import { refuseAgainstLines } from './lines/priced.ts'

export type DealRow = Omit<Selectable<DB['deals']>, 'custom'> & { custom: Custom }

const dealRecords = describeRecords({
  object: 'deal',
  table: 'deals',
  title: 'name',
  fields: dealFields,
  rows: { tags: tagRows('deal') },
  permissions: { read: 'deals:read', update: 'deals:update', delete: 'deals:delete' },
})

export const deals: RecordDefinition<DealRow> = {
  records: dealRecords,
  create: 'deals:create',
  kept: ['status', 'pipeline_id', 'stage_id', 'rank'],
  defaults: ({ currency }) => ({ currency }),
  document: searchDocument,
  subtitle: seenSubtitle,
  searched: ['owner_id', 'name', 'company_id', 'external_id'],
  told: ['name', 'pipeline_id', 'stage_id', 'status', 'company_id', 'currency', 'value', 'probability'],
  async settle(ctx, deal, before) {
    await refuseAgainstLines(ctx, deal, before)
    return settleClosing(deal, before)
  },
}

export const stagedDeals: Staged<DealRow> = {
  definition: deals,
  value: 'value',
  weight: 'probability',
  outcomes: { fresh: 'open', won: 'won', lost: 'lost', reopened: 'open', final: [] },
}

function searchDocument({ id, owner_id, name, external_id }: DealRow): SearchDocument {
  return {
    object: 'deal',
    id,
    owner_id,
    title: name,
    subtitle: external_id,
    texts: [external_id],
    emails: [],
    phones: [],
    country: null,
  }
}

/** The same subtitle, of what a role sees. */
function seenSubtitle({ fields }: RecordDescription): RawBuilder<string | null> {
  return fields.has('external_id') ? sql`r.external_id` : sql`NULL::text`
}
