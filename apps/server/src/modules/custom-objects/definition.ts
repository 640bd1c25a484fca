/** Records of the objects that organizations make, as instances of the general description of records. */
import { customRecordFields } from '@rapport/contracts'
import { sql, type Selectable } from 'kysely'
import type { DB } from '../../db/types.ts'
import { describeOwnRecords } from '../../platform/lists/index.ts'
import type { Custom, RecordDefinition } from '../records/index.ts'
import type { SearchDocument } from '../search/index.ts'
import { tagRows } from '../tags/index.ts'

export type CustomRow = Omit<Selectable<DB['custom_records']>, 'custom'> & { custom: Custom }

/** The word with which events on them begin, whatever the object is called. */
export const family = 'record'
export const permissions = {
  read: 'custom_records:read',
  create: 'custom_records:create',
  update: 'custom_records:update',
  delete: 'custom_records:delete',
} as const

const recordsOf = describeOwnRecords({
  family,
  table: 'custom_records',
  title: 'name',
  fields: customRecordFields,
  rowsOf: (object) => ({ tags: tagRows(object) }),
  permissions,
})

export const subtitle = () => sql<string | null>`NULL::text`

/** @param object the key of an object that is known to be there. */
export const customRecords = (object: string): RecordDefinition<CustomRow> => ({
  records: recordsOf(object),
  create: permissions.create,
  kept: ['object'],
  defaults: () => ({ object }),
  document: searchDocument,
  subtitle,
  searched: ['owner_id', 'name'],
  told: ['name'],
})

function searchDocument({ object, id, owner_id, name }: CustomRow): SearchDocument {
  return {
    object,
    id,
    owner_id,
    title: name,
    subtitle: null,
    texts: [],
    emails: [],
    phones: [],
    country: null,
  }
}
