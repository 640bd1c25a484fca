import {
  quoteLanguages,
  type BodyInput,
  type LineItem,
  type LineItems,
  type Operations,
} from '@rapport/contracts'
import { queryOptions, useMutation } from '@tanstack/react-query'
import { queryClient } from '../../app/queryClient.ts'
import { rapport } from '../../app/rapport.ts'
import { saveFile } from '../../ui/saveFile.ts'
import { dealStore } from '../records/stores.ts'

const keyOf = (id: string) => ['line-items', id] as const

export const lineItemsQuery = (id: string) =>
  queryOptions({
    queryKey: keyOf(id),
    queryFn: ({ signal }) => rapport.lineItems.list({ params: { id }, signal }),
  })

export type LineChange = BodyInput<Operations['lineItems']['update']>
export type NewLine = BodyInput<Operations['lineItems']['create']>

/** The answer is all lines and what they make of the deal: shown everywhere at once. */
function settle({ deal, ...lines }: LineItems): void {
  queryClient.setQueryData<LineItems>(keyOf(deal.id), { deal, ...lines })
  dealStore.patch(deal.id, (known) => ({ ...known, version: deal.version, value: deal.value }))
  void queryClient.invalidateQueries({ queryKey: dealStore.keys.timeline(deal.id) })
  void queryClient.invalidateQueries({ queryKey: ['board'] })
}

export const useAddLine = (id: string) =>
  useMutation({
    mutationFn: (body: NewLine) => rapport.lineItems.create({ params: { id }, body }),
    onSuccess: settle,
  })

export const useChangeLine = (id: string) =>
  useMutation({
    mutationFn: ({ line_id, ...body }: LineChange & { line_id: string }) =>
      rapport.lineItems.update({ params: { id, line_id }, body }),
    onSuccess: settle,
  })

export const useRemoveLine = (id: string) =>
  useMutation({
    mutationFn: async ({ id: line_id }: LineItem) => {
      await rapport.lineItems.remove({ params: { id, line_id } })
      settle(await rapport.lineItems.list({ params: { id } }))
    },
  })

/** The quote in the reader's language, where it is there in it. */
export async function saveQuote(id: string, name: string, language: string): Promise<void> {
  const known = quoteLanguages.find((one) => one === language)
  const file = await rapport.deals.quote({ params: { id }, query: known ? { language: known } : {} })
  saveFile(file, `${name}.pdf`)
}
