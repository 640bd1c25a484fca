import { infiniteQueryOptions, queryOptions, useMutation, useQuery } from '@tanstack/react-query'
import type {
  BodyInput,
  NotificationPage,
  NotificationQuery,
  NotificationSettings,
  Operations,
} from '@rapport/contracts'
import { useConnection } from '../../app/connection.ts'
import { queryClient, readAgain } from '../../app/queryClient.ts'
import { rapport } from '../../app/rapport.ts'
import { useMay } from '../../app/session.ts'

export type Show = NotificationQuery['show']

const ALL = ['notifications']
/** Where no events come, as often is looked what is new. */
const lookEvery_ms = 30_000

/** The newest, with how many are unread: what the bell and messages know. */
export const headQuery = queryOptions({
  queryKey: [...ALL, 'head'],
  queryFn: () => rapport.notifications.list({ query: { limit: 30 } }),
})

export function useHead(): NotificationPage | undefined {
  const live = useConnection() === 'live'
  const enabled = useMay('organization:read')
  return useQuery({ ...headQuery, enabled, refetchInterval: live ? false : lookEvery_ms }).data
}

export const listQuery = (show: Show) =>
  infiniteQueryOptions({
    queryKey: [...ALL, 'list', show],
    queryFn: ({ pageParam }) =>
      rapport.notifications.list({ query: { show, ...(pageParam === null ? {} : { cursor: pageParam }) } }),
    initialPageParam: null as string | null,
    getNextPageParam: ({ next_cursor }) => next_cursor,
  })

export const readNotificationsAgain = (): void => readAgain([...ALL, 'head'], [...ALL, 'list'])

export type Marking = BodyInput<Operations['notifications']['read']>

/** Every window learns of it by an event; without real time this one does so by reading again. */
export async function mark(body: Marking): Promise<void> {
  const { unread } = await rapport.notifications.read({ body })
  queryClient.setQueryData(headQuery.queryKey, (head) => head && { ...head, unread })
  readNotificationsAgain()
}

export const useMark = () => useMutation({ mutationFn: mark })

export const settingsQuery = queryOptions({
  queryKey: [...ALL, 'settings'],
  queryFn: () => rapport.notifications.settings(),
})

export type SettingsChange = BodyInput<Operations['notifications']['updateSettings']>

/** Shown at once; a refusal brings back what was. */
export function useChangeSettings() {
  return useMutation({
    mutationFn: (body: SettingsChange) => rapport.notifications.updateSettings({ body }),
    onMutate: async (change) => {
      await queryClient.cancelQueries(settingsQuery)
      const before = queryClient.getQueryData(settingsQuery.queryKey)
      if (before) queryClient.setQueryData(settingsQuery.queryKey, changed(before, change))
      return { before }
    },
    onError: (_error, _change, kept) => {
      if (kept?.before) queryClient.setQueryData(settingsQuery.queryKey, kept.before)
    },
    onSuccess: (settings) => queryClient.setQueryData(settingsQuery.queryKey, settings),
  })
}

function changed(before: NotificationSettings, { channels, ...plain }: SettingsChange): NotificationSettings {
  const given = Object.fromEntries(Object.entries(plain).filter(([, value]) => value !== undefined))
  const ways = Object.fromEntries(
    Object.entries(before.channels).map(([type, known]) => [
      type,
      { ...known, ...channels?.[type as keyof typeof channels] },
    ]),
  )
  return { ...before, ...given, channels: ways as NotificationSettings['channels'] }
}

export const followingQuery = (object: string, id: string) =>
  queryOptions({
    queryKey: ['following', object, id],
    queryFn: () => rapport.notifications.following({ query: { object, id } }),
  })

export async function follow(object: string, id: string, following: boolean): Promise<void> {
  const answer = await rapport.notifications.follow({ body: { record: { object, id }, following } })
  queryClient.setQueryData(followingQuery(object, id).queryKey, answer)
}
