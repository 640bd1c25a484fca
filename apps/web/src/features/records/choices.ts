import { queryOptions } from '@tanstack/react-query'
import { rapport } from '../../app/rapport.ts'

export type Choice = { id: string; name: string; detail: string | null }

const shown = 20

/** Records that may be chosen, by what is typed: the newest where nothing is. */
export const choicesQuery = (object: string, typed: string) =>
  queryOptions({
    queryKey: [object === 'company' ? 'companies' : 'contacts', 'choices', typed],
    queryFn: ({ signal }): Promise<Choice[]> =>
      object === 'company' ? companyChoices(typed, signal) : contactChoices(typed, signal),
    placeholderData: (previous) => previous,
  })

async function companyChoices(typed: string, signal: AbortSignal): Promise<Choice[]> {
  const query = { limit: shown, q: typed || undefined, fields: 'name,domain' }
  const { items } = await rapport.companies.list({ query, signal })
  return items.map(({ id, name, domain }) => ({ id, name, detail: domain }))
}

async function contactChoices(typed: string, signal: AbortSignal): Promise<Choice[]> {
  const query = { limit: shown, q: typed || undefined, fields: 'full_name,email', include: 'company' }
  const { items } = await rapport.contacts.list({ query, signal })
  return items.map(({ id, full_name, email, company }) => ({
    id,
    name: full_name,
    detail: company?.name ?? email,
  }))
}
