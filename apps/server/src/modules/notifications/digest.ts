/**
 * The digest: what somebody has not read by the time they chose, in one mail. It is written in the transaction that
 * takes the notifications off the list of what is to be mailed, so it goes out once; what they may not read any more,
 * it does not tell.
 */
import { sql } from 'kysely'
import type { Mail } from '../../platform/mail/index.ts'
import type { Ctx } from '../../platform/tenancy.ts'
import { digestMail } from './mails.ts'
import { presentGroups } from './read.ts'
import type { Group } from './repository.ts'
import type { ActorOf } from './tell.ts'
import { unsubscribePath, type UnsubscribeTokens } from './unsubscribe-tokens.ts'

/** The name of the alarm. */
export const digesting = 'notifications.digest'
const membersAtOnce = 20
const mostGroups = 20

type Parts = { actorOf: ActorOf; mail: Mail; tokens: UnsubscribeTokens }

/** Answers when the next one is due, at once while there are more. */
export const sendDigests =
  ({ actorOf, mail, tokens }: Parts) =>
  async (ctx: Ctx): Promise<string | null> => {
    for (const user_id of await findDue(ctx)) {
      const groups = await takeDue(ctx, user_id)
      const member = await actorOf(user_id, ctx.actor.organization_id)
      if (!member) continue
      const items = await presentGroups({ tx: ctx.tx, actor: member }, groups)
      const address = await findAddress(ctx, user_id)
      if (items.length === 0 || !address) continue
      const token = tokens.make({ user_id, organization_id: ctx.actor.organization_id })
      const unsubscribe_url = mail.link(`${unsubscribePath}?token=${token}`)
      await mail.send(ctx.tx, {
        to: address.email,
        language: address.language,
        template: digestMail,
        unsubscribe_url,
        values: {
          ...address,
          items: items.slice(0, mostGroups),
          more: Math.max(0, items.length - mostGroups),
          url: mail.link('/today'),
          settings_url: mail.link('/settings/notifications'),
          unsubscribe_url,
        },
      })
    }
    return nextDue(ctx)
  }

async function findDue({ tx, actor }: Ctx): Promise<string[]> {
  const { rows } = await sql<{ user_id: string }>`
    SELECT DISTINCT user_id FROM notifications
    WHERE organization_id = ${actor.organization_id}::uuid AND mail_due_at <= now() LIMIT ${membersAtOnce}`.execute(
    tx,
  )
  return rows.map(({ user_id }) => user_id)
}

async function takeDue({ tx, actor }: Ctx, user_id: string): Promise<Group[]> {
  const { rows } = await sql<Group>`
    WITH taken AS (
      UPDATE notifications SET mail_due_at = NULL
      WHERE organization_id = ${actor.organization_id}::uuid AND user_id = ${user_id}::uuid AND mail_due_at IS NOT NULL
      RETURNING id, object, record_id, read_at)
    SELECT object, record_id, (array_agg(id ORDER BY id DESC))[1:3] AS ids, count(*)::int AS count, count(*)::int AS unread
    FROM taken WHERE read_at IS NULL GROUP BY object, record_id ORDER BY max(id::text) DESC`.execute(tx)
  return rows
}

type Address = { email: string; language: string; full_name: string; organization: string }

/** Mails go only to addresses that were proved. */
async function findAddress({ tx, actor }: Ctx, user_id: string): Promise<Address | undefined> {
  const { rows } = await sql<Address>`
    SELECT u.email, u.language, u.full_name, o.name AS organization FROM users u, organizations o
    WHERE u.id = ${user_id}::uuid AND o.id = ${actor.organization_id}::uuid AND u.claims_email AND u.email_verified_at IS NOT NULL`.execute(
    tx,
  )
  return rows[0]
}

async function nextDue({ tx, actor }: Ctx): Promise<string | null> {
  const { rows } = await sql<{ due: string | null }>`
    SELECT min(mail_due_at) AS due FROM notifications
    WHERE organization_id = ${actor.organization_id}::uuid AND mail_due_at IS NOT NULL`.execute(tx)
  return rows[0]?.due ?? null
}
