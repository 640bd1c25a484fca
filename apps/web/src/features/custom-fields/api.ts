import { customPrefix, type BodyInput, type CustomField, type Operations } from '@rapport/contracts'
import { queryOptions, useMutation, useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { queryClient } from '../../app/queryClient.ts'
import { rapport } from '../../app/rapport.ts'
import { useMay } from '../../app/session.ts'

/** The fields that the organization made, of all objects and the retired ones too: they are few. */
export const customFieldsQuery = queryOptions({
  queryKey: ['custom-fields'],
  queryFn: async () => (await rapport.customFields.list()).items,
  staleTime: 5 * 60_000,
})

const none: CustomField[] = []

/** Those of one object that are in use, in their order. */
export function useCustomFields(object: string): CustomField[] {
  const { data = none } = useQuery({ ...customFieldsQuery, enabled: useMay('custom_fields:read') })
  return useMemo(
    () => data.filter((field) => field.object === object && field.retired_at === null),
    [data, object],
  )
}

/** The relations that the organization gave an object, as `include` names them; outside of components. */
export const ownRelations = (object: string): string[] =>
  (queryClient.getQueryData(customFieldsQuery.queryKey) ?? [])
    .filter((field) => field.object === object && field.type === 'relation' && field.retired_at === null)
    .map(({ key }) => customPrefix + key)

/** Relations of any object that lead to this one. */
export function useLeadingFields(object: string): CustomField[] {
  const { data = none } = useQuery({ ...customFieldsQuery, enabled: useMay('custom_fields:read') })
  return useMemo(
    () =>
      data.filter((field) => field.type === 'relation' && field.to === object && field.retired_at === null),
    [data, object],
  )
}

type Body<Name extends keyof Operations['customFields']> = BodyInput<Operations['customFields'][Name]>
export type FieldChange = Omit<Body<'update'>, 'version'>

const standard = new Set(['leads', 'contacts', 'companies', 'deals', 'products', 'board'])
/** Whether queries of this name tell of records, of standard objects or of own ones. */
export const holdsRecords = (name: string): boolean => standard.has(name) || name.startsWith('own.')

/** Records hold other values when a field was converted. */
const refresh = () =>
  Promise.all([
    queryClient.invalidateQueries({ queryKey: customFieldsQuery.queryKey }),
    queryClient.invalidateQueries({ predicate: ({ queryKey }) => holdsRecords(String(queryKey[0])) }),
  ])

export const useCreateField = () =>
  useMutation({
    mutationFn: ({ key, body }: { key: string; body: Body<'create'> }) =>
      rapport.customFields.create({ body, idempotencyKey: key }),
    onSettled: refresh,
  })

export const useChangeField = () =>
  useMutation({
    mutationFn: ({ field, change }: { field: CustomField; change: FieldChange }) =>
      rapport.customFields.update({ params: { id: field.id }, body: { ...change, version: field.version } }),
    onSettled: refresh,
  })

/** The new order shows at once; the server's follows. */
export const useMoveField = () =>
  useMutation({
    mutationFn: ({ field, position }: { field: CustomField; position: number }) =>
      rapport.customFields.update({ params: { id: field.id }, body: { position, version: field.version } }),
    onMutate: ({ field, position }) => {
      queryClient.setQueryData<CustomField[]>(customFieldsQuery.queryKey, (known = []) => {
        const own = known.filter(({ object, id }) => object === field.object && id !== field.id)
        const others = known.filter(({ object }) => object !== field.object)
        return [...others, ...own.toSpliced(position, 0, field)]
      })
    },
    onSettled: () => queryClient.invalidateQueries({ queryKey: customFieldsQuery.queryKey }),
  })

export const useRemoveField = () =>
  useMutation({
    mutationFn: (id: string) => rapport.customFields.remove({ params: { id } }),
    onSettled: refresh,
  })

/** What a formula would give, or why it cannot be used; asked while it is typed. */
export const formulaCheckQuery = (object: string, formula: string, key: string | null) =>
  queryOptions({
    queryKey: ['formula-check', object, formula, key],
    queryFn: ({ signal }) =>
      rapport.customFields.checkFormula({
        body: { object, formula, ...(key === null ? {} : { key }) },
        signal,
      }),
    enabled: formula.trim() !== '',
    retry: false,
    staleTime: 30_000,
  })
