/** What one has begun to write: kept in this tab with every key, and at the server when one pauses, for the next device. */
import { isEmptyNote, type NoteDocument } from '@rapport/contracts'
import { queryOptions } from '@tanstack/react-query'
import { useCallback, useEffect, useRef, useState } from 'react'
import { queryClient } from '../../app/queryClient.ts'
import { rapport } from '../../app/rapport.ts'
import { forgetDraft, keepDraft, readDraft } from '../../ui/drafts.ts'
import { membersQuery } from '../members/api.ts'
import { withLabels } from '../notes/named.ts'
import { chatKeys } from './keys.ts'
import type { Place } from './messages.ts'

const pause_ms = 1_200

export const draftsQuery = queryOptions({
  queryKey: chatKeys.drafts,
  queryFn: async ({ signal }) => (await rapport.chat.drafts({ signal })).items,
})

const keyOf = ({ channel_id, thread }: Place) => `chat.${channel_id}.${thread ?? ''}`

function begunAt(place: Place): NoteDocument | null {
  const here = readDraft<{ body: NoteDocument }>(keyOf(place))?.body
  if (here) return here
  const kept = queryClient
    .getQueryData(draftsQuery.queryKey)
    ?.find(({ channel_id, reply_to }) => channel_id === place.channel_id && reply_to === place.thread)
  const members = queryClient.getQueryData(membersQuery.queryKey) ?? []
  const people = members.map(({ user_id, full_name }) => ({ id: user_id, name: full_name }))
  return kept ? withLabels(kept.body, { people, records: [] }) : null
}

export function useDraft(place: Place) {
  const [initial] = useState(() => begunAt(place))
  const current = useRef<NoteDocument | null>(initial)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const { channel_id, thread } = place

  const tell = useCallback(() => {
    clearTimeout(timer.current)
    timer.current = undefined
    const body = current.current
    // It is kept here in any case; the server hears of the next change.
    rapport.chat
      .setDraft({
        params: { id: channel_id },
        body: { body, ...(thread === null ? {} : { reply_to: thread }) },
      })
      .catch(() => undefined)
  }, [channel_id, thread])

  useEffect(
    () => () => {
      if (timer.current !== undefined) tell()
    },
    [tell],
  )

  const change = useCallback(
    (document: NoteDocument) => {
      const body = isEmptyNote(document) ? null : document
      if (body === null && current.current === null) return
      current.current = body
      if (body) keepDraft(keyOf({ channel_id, thread }), { body })
      else forgetDraft(keyOf({ channel_id, thread }))
      clearTimeout(timer.current)
      timer.current = setTimeout(tell, pause_ms)
    },
    [channel_id, thread, tell],
  )
  return { initial, change }
}
