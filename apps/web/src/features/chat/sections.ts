/** The channels as the list shows them, and in which order one goes through them by key. */
import type { ChatChannel } from '@rapport/contracts'

export const sectionNames = ['starred', 'channels', 'direct', 'records'] as const
export type SectionName = (typeof sectionNames)[number]
type Listed = Pick<ChatChannel, 'kind' | 'name' | 'me' | 'last_message_at'>

const sectionOf = ({ kind, me }: Listed): SectionName => {
  if (me?.starred) return 'starred'
  if (kind === 'direct') return 'direct'
  return kind === 'record' ? 'records' : 'channels'
}

/** Channels by their names, as one looks for them; conversations by what was said last. */
const byName = (a: Listed, b: Listed) => a.name.localeCompare(b.name)
const byNews = (a: Listed, b: Listed) => (b.last_message_at ?? '').localeCompare(a.last_message_at ?? '')
const orders = { starred: byName, channels: byName, direct: byNews, records: byNews }

/** @param filter as `plain` has it */
export function sectionsOf<Channel extends Listed>(
  channels: readonly Channel[],
  filter: string,
  plain: (text: string) => string,
): { name: SectionName; channels: Channel[] }[] {
  const shown = channels.filter(({ name }) => plain(name).includes(filter))
  return sectionNames
    .map((name) => ({
      name,
      channels: shown.filter((one) => sectionOf(one) === name).toSorted(orders[name]),
    }))
    .filter(
      ({ name, channels: found }) =>
        found.length > 0 || (filter === '' && name !== 'starred' && name !== 'records'),
    )
}

/** What calls for one: all of a direct conversation, and mentions elsewhere; nothing of what is muted. */
export function callsOf({ kind, me }: Listed): number {
  if (!me) return 0
  if (me.muted) return me.mention_count
  return kind === 'direct' ? Math.max(me.unread_count, me.mention_count) : me.mention_count
}

export const isNews = ({ me }: Listed): boolean => me !== null && !me.muted && me.unread_count > 0
