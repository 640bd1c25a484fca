/** What is on its way from here: one outbox for each person in each organization, whatever page is open. */
import type { NoteDocument } from '@rapport/contracts'
import { useSyncExternalStore } from 'react'
import { rapport } from '../../app/rapport.ts'
import { ownerOf, useMe } from '../../app/session.ts'
import { keepUnsent, readUnsent } from '../../ui/drafts.ts'
import { isNetworkFailure, isProblem } from '../../ui/problem.ts'
import { hear, type Place } from './messages.ts'
import { createOutbox, type Outbox, type Unsent } from './outbox.ts'

export type Written = {
  document: NoteDocument
  thread: string | null
  /** Files that have arrived already. */
  files: readonly { id: string; name: string }[]
}
export type UnsentMessage = Unsent<Written>

let open: { owner: string; outbox: Outbox<Written> } | null = null

export function outboxOf(owner: string): Outbox<Written> {
  if (open?.owner === owner) return open.outbox
  const outbox = createOutbox<Written>({
    send,
    // A server that is busy or being worked on may take it later.
    judge: (error) =>
      isNetworkFailure(error) || (isProblem(error) && (error.status >= 500 || error.status === 429))
        ? 'later'
        : 'refused',
    keep: (unsent) => keepUnsent(owner, unsent),
    left: readUnsent<UnsentMessage>(owner),
  })
  addEventListener('online', outbox.wake)
  open = { owner, outbox }
  return outbox
}

async function send({ client_id, channel_id, body: { document, thread, files } }: UnsentMessage) {
  hear(
    await rapport.chat.post({
      params: { id: channel_id },
      body: {
        client_id,
        body: document,
        ...(thread === null ? {} : { reply_to: thread }),
        ...(files.length === 0 ? {} : { attachment_ids: files.map(({ id }) => id) }),
      },
    }),
  )
}

export const useOutbox = (): Outbox<Written> => outboxOf(ownerOf(useMe()))

/** Of one conversation or thread, in the order in which it was written. */
export function useUnsent({ channel_id, thread }: Place): UnsentMessage[] {
  const outbox = useOutbox()
  const all = useSyncExternalStore(outbox.subscribe, outbox.read)
  return all.filter((one) => one.channel_id === channel_id && one.body.thread === thread)
}
