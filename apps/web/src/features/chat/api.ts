/** Channels, and what one does in them. */
import type { BodyInput, ChatChannel, ChatMessage, ChatReminder, Operations } from '@rapport/contracts'
import { infiniteQueryOptions, queryOptions, useMutation, useQuery } from '@tanstack/react-query'
import { queryClient, readAgain } from '../../app/queryClient.ts'
import { rapport } from '../../app/rapport.ts'
import { useMay, useMe } from '../../app/session.ts'
import { saveFile } from '../../ui/saveFile.ts'
import { chatKeys } from './keys.ts'
import { hear, hearAnew } from './messages.ts'

type Body<Name extends keyof Operations['chat']> = BodyInput<Operations['chat'][Name]>

/** Where there is no real time, what is on screen is asked for now and then. */
const without_realtime_ms = 8_000
export function useRefetching(): { refetchInterval: number | false } {
  return { refetchInterval: useMe().features.realtime ? false : without_realtime_ms }
}

export const channelsQuery = queryOptions({
  queryKey: chatKeys.channels,
  queryFn: async ({ signal }) => (await rapport.chat.channels({ query: {}, signal })).items,
})

const none: ChatChannel[] = []

export function useChannels(): ChatChannel[] {
  return useQuery({ ...channelsQuery, ...useRefetching(), enabled: useMay('chat:read') }).data ?? none
}

/** Public channels that one could join; or all that are archived, as far as one may read them. */
export const browseQuery = (q: string, archived: boolean) =>
  queryOptions({
    queryKey: chatKeys.browse(q, archived),
    queryFn: async ({ signal }) => {
      const query = {
        browse: 'true',
        archived: archived ? 'true' : 'false',
        ...(q === '' ? {} : { q }),
      } as const
      return (await rapport.chat.channels({ query, signal })).items
    },
    staleTime: 0,
  })

export const channelQuery = (id: string) =>
  queryOptions({
    queryKey: chatKeys.channel(id),
    queryFn: ({ signal }) => rapport.chat.channel({ params: { id }, signal }),
    initialData: () => queryClient.getQueryData(channelsQuery.queryKey)?.find((one) => one.id === id),
    initialDataUpdatedAt: () => queryClient.getQueryState(channelsQuery.queryKey)?.dataUpdatedAt,
    retry: false,
  })

/** The conversation on a record; null while nobody has said anything there. */
export const recordChannelQuery = (object: string, id: string) =>
  queryOptions({
    queryKey: chatKeys.onRecord(object, id),
    queryFn: async ({ signal }) =>
      (await rapport.chat.channels({ query: { object, record_id: id }, signal })).items[0] ?? null,
  })

export const membersOfQuery = (id: string) =>
  queryOptions({
    queryKey: chatKeys.members(id),
    queryFn: async ({ signal }) => (await rapport.chat.members({ params: { id }, signal })).items,
  })

export const filesOfQuery = (id: string) =>
  infiniteQueryOptions({
    queryKey: chatKeys.files(id),
    queryFn: ({ pageParam, signal }) =>
      rapport.chat.files({
        params: { id },
        query: { limit: 30, ...(pageParam === null ? {} : { cursor: pageParam }) },
        signal,
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next_cursor,
  })

export const remindersQuery = queryOptions({
  queryKey: chatKeys.reminders,
  queryFn: async ({ signal }) => (await rapport.chat.reminders({ signal })).items,
})

export const versionsQuery = (id: string) =>
  queryOptions({
    queryKey: chatKeys.versions(id),
    queryFn: async ({ signal }) => (await rapport.chat.versions({ params: { id }, signal })).items,
    staleTime: 0,
  })

/** Wherever a channel is shown it is shown as it is now. */
export function changeChannel(id: string, by: (channel: ChatChannel) => ChatChannel): void {
  queryClient.setQueryData(channelsQuery.queryKey, (known) =>
    known?.map((channel) => (channel.id === id ? by(channel) : channel)),
  )
  queryClient.setQueryData(channelQuery(id).queryKey, (known) => known && by(known))
}

function putChannel(channel: ChatChannel): void {
  queryClient.setQueryData(channelQuery(channel.id).queryKey, channel)
  changeChannel(channel.id, () => channel)
}

const readChannelsAgain = () => readAgain(chatKeys.channels, ['chat', 'browse'], ['chat', 'on-record'])

export const useCreateChannel = () =>
  useMutation({
    mutationFn: ({ key, body }: { key: string; body: Body<'createChannel'> }) =>
      rapport.chat.createChannel({ body, idempotencyKey: key }),
    onSuccess: putChannel,
    onSettled: readChannelsAgain,
  })

export const useJoinChannel = () =>
  useMutation({
    mutationFn: (id: string) => rapport.chat.join({ params: { id } }),
    onSuccess: putChannel,
    onSettled: readChannelsAgain,
  })

/** Takes somebody out, oneself too. */
export const useRemoveMember = () =>
  useMutation({
    mutationFn: ({ id, user_id }: { id: string; user_id: string }) =>
      rapport.chat.removeMember({ params: { id, user_id } }),
    onSettled: (_answer, _error, { id }) => {
      readChannelsAgain()
      readAgain(chatKeys.channel(id), chatKeys.members(id))
    },
  })

export const useInviteTo = (id: string) =>
  useMutation({
    mutationFn: (user_ids: string[]) => rapport.chat.invite({ params: { id }, body: { user_ids } }),
    onSuccess: putChannel,
    onSettled: () => readAgain(chatKeys.members(id)),
  })

/** All messages, one JSON object a line. */
export const saveExport = async ({ id, name }: Pick<ChatChannel, 'id' | 'name'>): Promise<void> =>
  saveFile(await rapport.chat.export({ params: { id } }), `${name.replaceAll(/[\\/:*?"<>|]/g, '-')}.ndjson`)

export const useUpdateChannel = (id: string) =>
  useMutation({
    mutationFn: (body: Body<'updateChannel'>) => rapport.chat.updateChannel({ params: { id }, body }),
    onSuccess: putChannel,
    onSettled: readChannelsAgain,
  })

/** Shows at once, and as before when it is refused. */
export const useChannelSettings = (id: string) =>
  useMutation({
    mutationFn: (body: Body<'setSettings'>) => rapport.chat.setSettings({ params: { id }, body }),
    onMutate: (body) =>
      changeChannel(id, (channel) =>
        channel.me ? { ...channel, me: { ...channel.me, ...withoutUndefined(body) } } : channel,
      ),
    onSuccess: putChannel,
    onError: () => readAgain(chatKeys.channels, chatKeys.channel(id)),
  })

const withoutUndefined = <Fields extends object>(fields: Fields) =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as {
    [Key in keyof Fields]: Exclude<Fields[Key], undefined>
  }

/** Up to and with this message, unless it is to be unread. */
export async function markRead(
  channel_id: string,
  message: Pick<ChatMessage, 'id' | 'seq'>,
  unread = false,
): Promise<void> {
  if (!unread)
    changeChannel(channel_id, (channel) =>
      channel.me
        ? { ...channel, me: { ...channel.me, last_read_seq: message.seq, unread_count: 0, mention_count: 0 } }
        : channel,
    )
  try {
    putChannel(
      await rapport.chat.read({
        params: { id: channel_id },
        body: { message_id: message.id, ...(unread ? { unread } : {}) },
      }),
    )
  } catch (error) {
    readAgain(chatKeys.channels, chatKeys.channel(channel_id))
    throw error
  }
}

/** What is done to a message shows at once; a refusal shows it as it is. */
async function inAdvance(expected: ChatMessage, act: () => Promise<ChatMessage | undefined>): Promise<void> {
  hear(expected, 'mine')
  try {
    const answer = await act()
    if (answer) hear(answer)
  } catch (error) {
    // What it is now cannot be known either without a connection: then it stands until that is back.
    await hearAnew(expected.id).catch(() => undefined)
    throw error
  }
}

export function react(message: ChatMessage, emoji: string, me: string): Promise<void> {
  const mine = message.reactions.some((one) => one.emoji === emoji && one.user_ids.includes(me))
  const others =
    message.reactions.find((one) => one.emoji === emoji)?.user_ids.filter((id) => id !== me) ?? []
  const user_ids = mine ? others : [...others, me]
  const known = message.reactions.some((one) => one.emoji === emoji)
  const reactions = (known ? message.reactions : [...message.reactions, { emoji, user_ids }])
    .map((one) => (one.emoji === emoji ? { emoji, user_ids } : one))
    .filter((one) => one.user_ids.length > 0)
  const params = { id: message.id, emoji }
  return inAdvance({ ...message, reactions }, () =>
    mine ? rapport.chat.unreact({ params }) : rapport.chat.react({ params }),
  )
}

export const rewrite = (message: ChatMessage, body: NonNullable<ChatMessage['body']>): Promise<void> =>
  inAdvance({ ...message, body, edited_at: new Date().toISOString() }, () =>
    rapport.chat.edit({ params: { id: message.id }, body: { body } }),
  )

export const removeMessage = (message: ChatMessage): Promise<void> =>
  inAdvance(
    {
      ...message,
      body: null,
      text: '',
      files: [],
      links: [],
      reactions: [],
      deleted_at: new Date().toISOString(),
    },
    async () => {
      await rapport.chat.remove({ params: { id: message.id } })
      return undefined
    },
  )

export async function pin(message: ChatMessage, me: string): Promise<void> {
  const params = { id: message.id }
  const pinned = message.pinned_at !== null
  await inAdvance(
    { ...message, pinned_at: pinned ? null : new Date().toISOString(), pinned_by: pinned ? null : me },
    () => (pinned ? rapport.chat.unpin({ params }) : rapport.chat.pin({ params })),
  )
  readAgain(chatKeys.pins(message.channel_id))
}

export const remind = async ({ id }: { id: string }, due_at: string): Promise<void> => {
  await rapport.chat.remind({ params: { id }, body: { due_at } })
  readAgain(chatKeys.reminders)
}

/** Gone from the list at once; there again when it is refused. */
export async function endReminder({ id }: Pick<ChatReminder, 'id'>): Promise<void> {
  queryClient.setQueryData(remindersQuery.queryKey, (known) => known?.filter((one) => one.id !== id))
  try {
    await rapport.chat.removeReminder({ params: { id } })
  } finally {
    readAgain(chatKeys.reminders)
  }
}
