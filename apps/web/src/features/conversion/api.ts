import type { BodyInput, ConvertedObject, Operations } from '@rapport/contracts'
import { queryOptions, useMutation } from '@tanstack/react-query'
import { readAgain } from '../../app/queryClient.ts'
import { rapport } from '../../app/rapport.ts'
import { allKinds } from '../records/kinds.ts'

/** What a lead became, or what its conversion would make of it. */
export const conversionQuery = (id: string) =>
  queryOptions({
    queryKey: ['conversion', id],
    queryFn: ({ signal }) => rapport.conversion.get({ params: { id }, signal }),
    staleTime: 0,
  })

/** A conversion touches records of several kinds, and is told on all of their timelines. */
export const readConvertedAgain = (): void =>
  readAgain(['conversion'], ['board'], ['contact-links'], ...allKinds().map(({ store }) => store.keys.all))

export type ConvertBody = BodyInput<Operations['conversion']['convert']>

export const useConvert = (id: string) =>
  useMutation({
    // May be sent again after a lost answer: a converted lead is answered as it was.
    mutationFn: (body: ConvertBody) => rapport.conversion.convert({ params: { id }, body }),
    onSettled: readConvertedAgain,
  })

export const useTakeBack = (id: string) =>
  useMutation({
    mutationFn: (keep: ConvertedObject[]) => rapport.conversion.undo({ params: { id }, body: { keep } }),
    onSettled: readConvertedAgain,
  })
