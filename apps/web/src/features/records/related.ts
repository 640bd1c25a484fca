import { relationName, type LinkedContact } from '@rapport/contracts'
import { queryOptions } from '@tanstack/react-query'
import { rapport } from '../../app/rapport.ts'
import type { ComboboxOption } from '../../ui/ComboboxPopup.tsx'
import { kindOf, type RecordKind } from './kinds.ts'
import type { ListedRecord } from './stores.ts'

export type Related = { id: string; name: string }
export type LinkedRecord = { record: ListedRecord; part: string | null }

/** Where a relation of a record leads, as it came with the record. */
export const relatedIn = (record: ListedRecord, field: string): Related | null =>
  (record[relationName(field)] as Related | null | undefined) ?? null

const kindTo = (object: string): RecordKind => {
  const kind = kindOf(object)
  if (!kind) throw new Error(`No screen shows a ${object}.`)
  return kind
}

/** Records that may be chosen, by what is typed: the newest where nothing is. */
export const choicesQuery = (object: string, typed: string) => {
  const { store, title, subtitleOf } = kindTo(object)
  return queryOptions({
    queryKey: [...store.keys.all, 'choices', typed],
    queryFn: async ({ signal }): Promise<ComboboxOption[]> => {
      const found = await store.readSome({ limit: 20, q: typed || undefined }, signal)
      return found.map((record) => {
        const detail = subtitleOf(record)
        return { value: record.id, label: String(record[title]), ...(detail === null ? {} : { detail }) }
      })
    },
    placeholderData: (previous) => previous,
  })
}

/** The id of the one record that is called so; undefined where there is none or more than one. */
export async function findByTitle(object: string, text: string): Promise<string | undefined> {
  const { store, title } = kindTo(object)
  const filter = JSON.stringify({ field: title, op: 'eq', value: text })
  const found = await store.readSome({ limit: 2, filter })
  return found.length === 1 ? found[0]?.id : undefined
}

/** Records of an object that lead to this one by a field. */
export const ledHereQuery = ({ store, title, staged }: RecordKind, by: string, id: string) =>
  queryOptions({
    queryKey: [...store.keys.related, by, id],
    queryFn: ({ signal }) => {
      const filter = JSON.stringify({ field: by, op: 'eq', value: id })
      return store.readSome({ filter, limit: 100, sort: staged ? '-created_at' : title }, signal)
    },
  })

/** The end points that link contacts to records of a kind. */
export const linkEnds = ({ object }: RecordKind) =>
  object === 'deal' ? rapport.dealContacts : rapport.leadContacts

export const linkedContactsQuery = (kind: RecordKind, id: string) =>
  queryOptions({
    queryKey: ['contact-links', kind.object, id],
    queryFn: async ({ signal }): Promise<LinkedContact[]> =>
      (await linkEnds(kind).list({ params: { id }, signal })).items,
  })

/** The same from the contact's side. */
export const contactLeadsQuery = (id: string) =>
  queryOptions({
    queryKey: ['contact-links', 'leads', id],
    queryFn: async ({ signal }): Promise<LinkedRecord[]> =>
      (await rapport.leadContacts.leads({ params: { id }, signal })).items.map(({ lead, part }) => ({
        record: lead,
        part,
      })),
  })

export const contactDealsQuery = (id: string) =>
  queryOptions({
    queryKey: ['contact-links', 'deals', id],
    queryFn: async ({ signal }): Promise<LinkedRecord[]> =>
      (await rapport.dealContacts.deals({ params: { id }, signal })).items.map(({ deal, part }) => ({
        record: deal,
        part,
      })),
  })
