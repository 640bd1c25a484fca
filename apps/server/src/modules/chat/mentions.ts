/** Whom a message names, as far as they may read it: by themselves, as one of a team, or because they are here now. */
import { calledBy, noteReferences, type NoteDocument } from '@rapport/contracts'
import { sql } from 'kysely'
import { scopeOf, type Actor } from '../../platform/actor.ts'
import type { People } from '../../platform/realtime/people.ts'
import { mayReadAt } from '../records/index.ts'
import type { Channel } from './access.ts'
import type { Context } from './channel-rows.ts'

/** The member's actor as it is now; null when they are no member any more. */
export type ActorOf = (user_id: string, organization_id: string) => Promise<Actor | null>

export async function findMentioned(
  ctx: Context,
  channel: Channel,
  body: NoteDocument,
  { actorOf, here = [] }: { actorOf: ActorOf; here?: readonly string[] },
): Promise<string[]> {
  const { users } = noteReferences(body)
  const { teams } = calledBy(body)
  if (users.length === 0 && teams.length === 0 && here.length === 0) return []
  const { organization_id, user_id } = ctx.actor
  const org = sql`${organization_id}::uuid`
  const isClosed = channel.kind === 'private' || channel.kind === 'direct'
  const { rows } = await sql<{ user_id: string }>`
    SELECT s.user_id FROM memberships s WHERE s.organization_id = ${org} AND s.deactivated_at IS NULL
      AND s.user_id IS DISTINCT FROM ${user_id}::uuid
      AND (s.user_id = ANY(${users}::uuid[]) OR s.user_id IN (
        SELECT t.user_id FROM team_members t WHERE t.organization_id = ${org} AND t.team_id = ANY(${teams}::uuid[]))
        OR (s.user_id = ANY(${here}::uuid[]) AND EXISTS (
          SELECT FROM chat_members m WHERE m.organization_id = ${org} AND m.channel_id = ${channel.id}::uuid
            AND m.user_id = s.user_id AND NOT m.muted AND m.notify <> 'none')))
      ${
        isClosed
          ? sql`AND EXISTS (SELECT FROM chat_members m WHERE m.organization_id = ${org} AND m.channel_id = ${channel.id}::uuid AND m.user_id = s.user_id)`
          : sql``
      } LIMIT 1000`.execute(ctx.tx)
  const named = rows.map((row) => row.user_id)
  const { place } = channel
  const readers = await Promise.all(
    named.map(async (user) => {
      const reader = await actorOf(user, organization_id)
      if (!reader || scopeOf(reader, 'chat:read') === undefined) return false
      return !place || mayReadAt(reader, place)
    }),
  )
  return named.filter((_, index) => readers[index])
}

/** Who is at a window now, where the message calls those; neither who is away nor who is gone. */
export async function findThoseHere(
  { actor }: Pick<Context, 'actor'>,
  body: NoteDocument,
  people: People,
): Promise<string[]> {
  if (calledBy(body).everyone !== 'here') return []
  const states = await people.statesOf(actor.organization_id)
  return [...states].flatMap(([user_id, state]) => (state === 'online' ? [user_id] : []))
}
