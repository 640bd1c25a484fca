/** Kinds made from the objects of the organization: all that a screen needs to know comes from the object. */
import type { CustomObject } from '@rapport/contracts'
import { paths } from '../../app/paths.ts'
import { queryClient } from '../../app/queryClient.ts'
import { rapport } from '../../app/rapport.ts'
import { customObjectsQuery } from '../custom-objects/api.ts'
import { iconOf } from '../custom-objects/icons.ts'
import type { RecordKind } from './kinds.ts'
import { createRecordStore, type RecordChange, type RecordEnds } from './recordStore.ts'
import type { ListedRecord, Values } from './stores.ts'

type Made = { version: number; kind: RecordKind }

/** A kind stays the same as long as its object does: screens compare it by identity. */
const made = new Map<string, Made>()

export const kindsOf = (objects: readonly CustomObject[]): RecordKind[] =>
  objects.filter(({ retired }) => !retired).map(kindOfObject)

export const ownKinds = (): RecordKind[] =>
  kindsOf(queryClient.getQueryData(customObjectsQuery.queryKey) ?? [])

function kindOfObject(object: CustomObject): RecordKind {
  const known = made.get(object.id)
  if (known?.version === object.version) return known.kind
  // What is on screen stays in its lists when the object is renamed.
  const kind = describe(object, known?.kind.store ?? storeOf(object.key))
  made.set(object.id, { version: object.version, kind })
  return kind
}

const describe = (
  { key, label, label_many, icon, color }: CustomObject,
  store: RecordKind['store'],
): RecordKind => ({
  object: key,
  many: 'custom_records',
  own: { one: label, many: label_many, hue: color },
  icon: iconOf(icon),
  store,
  path: paths.ownRecords(key),
  pathOf: (id) => paths.ownRecord(key, id),
  title: 'name',
  has_imports: true,
  subtitleOf: () => null,
  shown: ['name', 'owner_id', 'tags', 'created_at'],
  asked: ['tags', 'owner_id'],
  sections: [{ name: 'details', fields: ['owner_id', 'tags'] }],
})

const storeOf = (object: string) =>
  createRecordStore<ListedRecord, Values, RecordChange & Values>(`own.${object}`, endsOf(object), { object })

type Ends = RecordEnds<ListedRecord, Values, RecordChange & Values>

/** The end points of all such records, for those of one object. */
function endsOf(object: string): Ends {
  const { customRecords } = rapport
  const one = ({ id }: { id: string }) => ({ object, id })
  return {
    list: (asked) => customRecords.list({ ...asked, params: { object } }),
    groups: (asked) => customRecords.groups({ ...asked, params: { object } }),
    totals: (asked) => customRecords.totals({ ...asked, params: { object } }),
    bulk: (asked) => customRecords.bulk({ ...asked, params: { object } }),
    get: (asked) => customRecords.get({ ...asked, params: one(asked.params) }),
    create: ({ body, ...asked }) =>
      customRecords.create({ ...asked, params: { object }, body: body as { name: string } }),
    update: (asked) => customRecords.update({ ...asked, params: one(asked.params) }),
    remove: (asked) => customRecords.remove({ ...asked, params: one(asked.params) }),
    restore: (asked) => customRecords.restore({ ...asked, params: one(asked.params) }),
    timeline: (asked) => customRecords.timeline({ ...asked, params: one(asked.params) }),
    logActivity: (asked) => customRecords.logActivity({ ...asked, params: one(asked.params) }),
  }
}
