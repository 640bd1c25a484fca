import { queryOptions } from '@tanstack/react-query'
import { rapport } from '../../app/rapport.ts'

export const leadContactsQuery = (id: string) =>
  queryOptions({
    queryKey: ['lead-contacts', 'contacts', id],
    queryFn: async ({ signal }) => (await rapport.leadContacts.list({ params: { id }, signal })).items,
  })
