import { infiniteQueryOptions, queryOptions, useMutation } from '@tanstack/react-query'
import type { BodyInput, Operations, RetentionRule } from '@rapport/contracts'
import { queryClient } from '../../app/queryClient.ts'
import { rapport } from '../../app/rapport.ts'
import { saveFile } from '../../ui/saveFile.ts'

export const privacyKeys = {
  requests: ['privacy', 'requests'],
  retention: ['privacy', 'retention'],
  transfers: ['privacy', 'transfers'],
  consents: (id: string) => ['privacy', 'consents', id],
} as const

type Body<Name extends keyof Operations['privacy']> = BodyInput<Operations['privacy'][Name]>

const paged = <Item>(
  load: (cursor: string | undefined) => Promise<{ items: Item[]; next_cursor: string | null }>,
) => ({
  queryFn: ({ pageParam }: { pageParam: string | undefined }) => load(pageParam),
  initialPageParam: undefined as string | undefined,
  getNextPageParam: (page: { next_cursor: string | null }) => page.next_cursor ?? undefined,
})

const cursorOf = (cursor: string | undefined) => (cursor === undefined ? {} : { cursor })

export const requestsQuery = infiniteQueryOptions({
  queryKey: privacyKeys.requests,
  ...paged((cursor) => rapport.privacy.requests({ query: cursorOf(cursor) })),
})

export const transfersQuery = infiniteQueryOptions({
  queryKey: privacyKeys.transfers,
  ...paged((cursor) => rapport.privacy.transfers({ query: cursorOf(cursor) })),
})

export const retentionQuery = queryOptions({
  queryKey: privacyKeys.retention,
  queryFn: async () => (await rapport.privacy.retentionRules()).items,
})

/** A record about a person. */
export type PersonRef = NonNullable<Body<'findPerson'>['record']>

export const consentsQuery = ({ object, id }: PersonRef) =>
  queryOptions({
    queryKey: privacyKeys.consents(id),
    queryFn: async () => (await rapport.privacy.consents({ query: { object, record_id: id } })).items,
  })

export type Asked = Body<'findPerson'>

/** Not kept: what was looked for is personal itself. */
export const personQuery = (asked: Asked | null) =>
  queryOptions({
    queryKey: ['privacy', 'person', asked],
    queryFn: async () => (asked === null ? [] : (await rapport.privacy.findPerson({ body: asked })).items),
    enabled: asked !== null,
    gcTime: 0,
  })

export const useCreateRequest = () =>
  useMutation({
    mutationFn: (body: Body<'createRequest'>) => rapport.privacy.createRequest({ body }),
    onSettled: () => queryClient.invalidateQueries({ queryKey: privacyKeys.requests }),
  })

export const useExportOrganization = () =>
  useMutation({
    mutationFn: (body: Body<'exportOrganization'>) => rapport.privacy.exportOrganization({ body }),
    onSettled: () => queryClient.invalidateQueries({ queryKey: privacyKeys.requests }),
  })

export const useSetRetention = () =>
  useMutation({
    mutationFn: (rules: Body<'setRetentionRules'>['rules']) =>
      rapport.privacy.setRetentionRules({ body: { rules } }),
    onSuccess: ({ items }: { items: RetentionRule[] }) =>
      queryClient.setQueryData(privacyKeys.retention, items),
  })

export const useRecordTransfer = () =>
  useMutation({
    mutationFn: (body: Body<'recordTransfer'>) => rapport.privacy.recordTransfer({ body }),
    onSettled: () => queryClient.invalidateQueries({ queryKey: privacyKeys.transfers }),
  })

export const useRecordConsent = ({ object, id }: PersonRef) =>
  useMutation({
    mutationFn: (body: Omit<Body<'recordConsent'>, 'object' | 'record_id'>) =>
      rapport.privacy.recordConsent({ body: { object, record_id: id, ...body } }),
    onSettled: () => queryClient.invalidateQueries({ queryKey: privacyKeys.consents(id) }),
  })

export async function saveRequestFile(id: string, kind: string): Promise<void> {
  saveFile(await rapport.privacy.requestFile({ params: { id } }), `${kind}-${id}.zip`)
}
