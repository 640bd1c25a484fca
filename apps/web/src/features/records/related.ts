import { queryOptions } from '@tanstack/react-query'
import { rapport } from '../../app/rapport.ts'
import type { RecordKind } from './kinds.ts'
import type { ListedRecord } from './stores.ts'

const shown = 100

/** Records of an object that lead to this one by a field. */
export const ledHereQuery = ({ store, many, title }: RecordKind, by: string, id: string) =>
  queryOptions({
    queryKey: [...store.keys.all, 'related', by, id],
    queryFn: async ({ signal }): Promise<ListedRecord[]> => {
      const filter = JSON.stringify({ field: by, op: 'eq', value: id })
      const { items } = await rapport[many].list({ signal, query: { filter, limit: shown, sort: title } })
      return items
    },
  })

export const contactLeadsQuery = (id: string) =>
  queryOptions({
    queryKey: ['lead-contacts', 'leads', id],
    queryFn: async ({ signal }) => (await rapport.leadContacts.leads({ params: { id }, signal })).items,
  })
