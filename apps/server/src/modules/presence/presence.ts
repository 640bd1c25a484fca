/** Who is here, when they were here, and what they say of themselves. Whether they are here now is asked of the sockets. */
import { operations, type MemberPresence } from '@rapport/contracts'
import { sql } from 'kysely'
import { systemActor } from '../../platform/actor.ts'
import type { Module } from '../../platform/platform.ts'
import type { People } from '../../platform/realtime/people.ts'
import type { Ctx, Tenancy } from '../../platform/tenancy.ts'

type Context = Pick<Ctx, 'tx' | 'actor'>

export const presenceModule =
  (people: People): Module =>
  ({ api }) => {
    const { presence } = operations
    api.route(presence.list, {
      allow: 'members:read',
      run: async (ctx) => ({ items: await readPresence(ctx, people), next_cursor: null }),
    })
    api.route(presence.say, {
      allow: 'members:read',
      run: (ctx, { body }) => say(ctx, people, body),
    })
  }

type Row = Omit<MemberPresence, 'state'>

async function readPresence(ctx: Context, people: People, user_id?: string): Promise<MemberPresence[]> {
  const { tx, actor } = ctx
  const states = await people.statesOf(actor.organization_id)
  const { rows } = await sql<Row>`
    SELECT m.user_id, s.last_seen_at,
      CASE WHEN n.paused_until > now() THEN n.paused_until END AS paused_until,
      CASE WHEN s.text_until IS NULL OR s.text_until > now() THEN s.text END AS text,
      CASE WHEN s.text_until > now() THEN s.text_until END AS text_until
    FROM memberships m
    LEFT JOIN member_statuses s ON s.organization_id = ${actor.organization_id}::uuid AND s.user_id = m.user_id
    LEFT JOIN notification_settings n ON n.organization_id = ${actor.organization_id}::uuid AND n.user_id = m.user_id
    WHERE m.organization_id = ${actor.organization_id}::uuid AND m.deactivated_at IS NULL
      ${user_id === undefined ? sql`` : sql`AND m.user_id = ${user_id}::uuid`}
    ORDER BY m.user_id`.execute(tx)
  const now = new Date().toISOString()
  return rows.map((row) => {
    const state = states.get(row.user_id) ?? 'offline'
    return { ...row, state, last_seen_at: state === 'offline' ? row.last_seen_at : now }
  })
}

type Said = { text?: string | null | undefined; until?: string | null | undefined }

async function say(ctx: Ctx, people: People, { text = null, until = null }: Said): Promise<MemberPresence> {
  const { tx, actor, emit } = ctx
  const { organization_id, user_id } = actor
  await sql`
    INSERT INTO member_statuses (organization_id, user_id, text, text_until)
    VALUES (${organization_id}::uuid, ${user_id}::uuid, ${text}, ${text === null ? null : until}::timestamptz)
    ON CONFLICT (organization_id, user_id) DO UPDATE SET text = excluded.text, text_until = excluded.text_until`.execute(
    tx,
  )
  const [mine] = await readPresence(ctx, people, user_id ?? undefined)
  if (!mine || user_id === null) throw new Error('Only members say what they are at.')
  emit({ type: 'presence.changed', record: { object: 'presence', id: user_id }, data: {}, unaudited: true })
  return mine
}

/** These have the app open, or had it until now. */
export const noteSeen =
  ({ inTenant }: Pick<Tenancy, 'inTenant'>) =>
  (organization_id: string, user_ids: string[]): Promise<void> =>
    inTenant(systemActor(organization_id), async ({ tx }) => {
      await sql`
        INSERT INTO member_statuses (organization_id, user_id, last_seen_at)
        SELECT ${organization_id}::uuid, u.id, now() FROM users u WHERE u.id = ANY(${user_ids}::uuid[])
        ON CONFLICT (organization_id, user_id) DO UPDATE SET last_seen_at = excluded.last_seen_at`.execute(tx)
    })

/** Of somebody who deleted their account. */
export async function forgetStatus({ tx, actor }: Context, user_id: string): Promise<void> {
  await sql`
    DELETE FROM member_statuses
    WHERE organization_id = ${actor.organization_id}::uuid AND user_id = ${user_id}::uuid`.execute(tx)
}
