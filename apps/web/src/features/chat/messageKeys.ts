import type { FocusEvent, KeyboardEvent } from 'react'
import type { Said } from './messages.ts'
import type { MessageActions } from './useMessageActions.ts'

type Given = { message: Said; actions: MessageActions; me: string; inThread: boolean }

/** What single keys do to the message that has the focus. */
export function pressOn(event: KeyboardEvent, { message, actions, me, inThread }: Given): void {
  if (event.ctrlKey || event.metaKey || event.altKey || message.deleted_at !== null) return
  const mine = message.author.id === me
  const act = {
    e: mine && actions.mayPost ? actions.edit : undefined,
    r: inThread ? undefined : actions.openThread,
    u: !inThread && actions.isMember ? actions.markUnread : undefined,
    Delete: mine || actions.mayModerate ? actions.remove : undefined,
  }[event.key]
  if (!act) return
  event.preventDefault()
  act(message)
}

/** A mouse points at what it means; keys and fingers leave the focus there. */
export const isMeant = ({ target }: FocusEvent): boolean =>
  target.matches(':focus-visible') || matchMedia('(pointer: coarse)').matches
