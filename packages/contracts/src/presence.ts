/** Who is here. */
import { z } from 'zod'
import { operation } from './operation.ts'
import { Id, optionalLine, optionalTime, Timestamp } from './shared.ts'

/** `away`: the app is open, but nobody has touched it for some minutes, or it is hidden in all windows. */
export const presenceStates = ['online', 'away', 'offline'] as const
export type PresenceState = (typeof presenceStates)[number]

export const MemberPresence = z.object({
  user_id: Id,
  state: z.enum(presenceStates),
  /** They do not want to be disturbed until then. */
  paused_until: Timestamp.nullable(),
  /** Now, for who is here. */
  last_seen_at: Timestamp.nullable(),
  /** What they say of themselves. */
  text: z.string().nullable(),
  text_until: Timestamp.nullable(),
})
export type MemberPresence = z.infer<typeof MemberPresence>

export const presence = {
  list: operation({
    method: 'GET',
    path: '/presence',
    summary: 'Who is here, who is away, and who was here when; all members',
    reply: z.object({ items: z.array(MemberPresence), next_cursor: z.null() }),
  }),
  say: operation({
    method: 'PUT',
    path: '/presence/status',
    summary: 'Say in a few words what you are at; null takes them back',
    body: z.strictObject({ text: optionalLine(80), until: optionalTime }),
    reply: MemberPresence,
  }),
}
