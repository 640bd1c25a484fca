import type { ChatChannel } from '@rapport/contracts'
import { readTitles } from '../records/index.ts'
import { rightsIn, type Channel } from './access.ts'
import { countUnread, listMembers, type Context } from './channel-rows.ts'

/** Those that have a record are called by its title, direct ones by the people in them, as this reader may know them. */
export async function presentChannels(ctx: Context, channels: readonly Channel[]): Promise<ChatChannel[]> {
  const ids = channels.map(({ id }) => id)
  const direct = channels.filter(({ kind }) => kind === 'direct').map(({ id }) => id)
  const [counts, people, titles] = await Promise.all([
    countUnread(ctx, ids),
    direct.length > 0 ? listMembers(ctx, direct) : [],
    readTitlesOf(ctx, channels),
  ])
  return channels.map((channel) => {
    const { joined_at, last_read_seq, muted, notify, starred, place, created_by: _, ...told } = channel
    const { object, record_id, ...shown } = told
    const among = people.filter(({ channel_id }) => channel_id === channel.id)
    const others = among.filter(({ user_id }) => user_id !== ctx.actor.user_id)
    const counted = counts.get(channel.id)
    return {
      ...shown,
      name:
        channel.kind === 'direct'
          ? (others.length > 0 ? others : among).map(({ name }) => name).join(', ')
          : (channel.name ?? titles.get(`${object} ${record_id}`) ?? ''),
      record: object !== null && record_id !== null ? { object, id: record_id } : null,
      people: among.map(({ user_id, name }) => ({ id: user_id, name })),
      member_count: counted?.member_count ?? 0,
      me:
        joined_at === null
          ? null
          : {
              joined_at,
              last_read_seq: last_read_seq ?? 0,
              unread_count: counted?.unread_count ?? 0,
              mention_count: counted?.mention_count ?? 0,
              muted: muted ?? false,
              notify: notify ?? 'all',
              starred: starred ?? false,
            },
      can: rightsIn(ctx.actor, channel),
    }
  })
}

export async function presentChannel(ctx: Context, channel: Channel): Promise<ChatChannel> {
  const [presented] = await presentChannels(ctx, [channel])
  if (!presented) throw new Error(`The channel ${channel.id} is gone.`)
  return presented
}

async function readTitlesOf(ctx: Context, channels: readonly Channel[]): Promise<Map<string, string>> {
  const places = channels.flatMap(({ place }) => (place ? [place] : []))
  const byObject = Map.groupBy(places, ({ kind }) => kind.records.object)
  const read = await Promise.all(
    [...byObject].map(([object, some]) =>
      readTitles(
        ctx,
        object,
        some.map(({ id }) => id),
      ),
    ),
  )
  return new Map(read.flat().map(({ object, id, title }) => [`${object} ${id}`, title]))
}
