/** Products as an instance of the general description of records. They belong to nobody in particular. */
import { productFields } from '@rapport/contracts'
import { sql, type RawBuilder, type Selectable } from 'kysely'
import type { DB } from '../../db/types.ts'
import { describeRecords, type RecordDescription } from '../../platform/lists/index.ts'
import type { Custom, RecordDefinition } from '../records/index.ts'
import type { SearchDocument } from '../search/index.ts'
import { tagRows } from '../tags/index.ts'

type ProductRow = Omit<Selectable<DB['products']>, 'custom'> & { custom: Custom; owner_id: null }

export const products: RecordDefinition<ProductRow> = {
  records: describeRecords({
    object: 'product',
    table: 'products',
    title: 'name',
    fields: productFields,
    rows: { tags: tagRows('product') },
    permissions: { read: 'products:read', update: 'products:update', delete: 'products:delete' },
  }),
  create: 'products:create',
  kept: [],
  defaults: ({ currency }) => ({ currency, status: 'active' }),
  document: searchDocument,
  subtitle: seenSubtitle,
  searched: ['name', 'code'],
  told: ['name', 'code'],
}

function searchDocument({ id, name, code }: ProductRow): SearchDocument {
  return {
    object: 'product',
    id,
    owner_id: null,
    title: name,
    subtitle: code,
    texts: [code],
    emails: [],
    phones: [],
    country: null,
  }
}

/** The same subtitle, of what a role sees. */
function seenSubtitle({ fields }: RecordDescription): RawBuilder<string | null> {
  return fields.has('code') ? sql`r.code` : sql`NULL::text`
}
