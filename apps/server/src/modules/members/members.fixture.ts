/** What the tests of members and invitations share. */
import type { Invitation, Member, SentInvitation, Session } from '@rapport/contracts'
import { systemActor } from '../../platform/actor.ts'
import { openContent } from '../../platform/mail/mail.ts'
import type { Caller, TestApp } from '../../testing/app.ts'

export const password = 'correct horse battery'
let counter = 0

export const anAddress = () => `guest${(counter += 1)}@example.com`

export const tokenOf = (link: string): string =>
  new URLSearchParams(new URL(link).hash.slice(1)).get('token') ?? ''

export async function inviteBy(
  caller: Caller,
  email = anAddress(),
  more: { role?: string; team_ids?: string[]; message?: string } = {},
): Promise<SentInvitation> {
  const made = await caller.call<SentInvitation>('POST', '/organizations/current/invitations', {
    body: { email, role: 'sales', ...more },
  })
  if (made.status !== 201) throw new Error(`The invitation failed: ${made.text}`)
  return made.body
}

/** The newest mail to the address, as it would be sent. */
export async function mailTo({ app }: TestApp, recipient: string) {
  const { tenancy, secrets } = app.platform
  const row = await tenancy.inSystem((tx) =>
    tx
      .selectFrom('outgoing_mails')
      .select(['id', 'content', 'language'])
      .where('recipient', '=', recipient)
      .where('template', '=', 'invitation')
      .orderBy('created_at', 'desc')
      .orderBy('id', 'desc')
      .executeTakeFirst(),
  )
  if (!row?.content) throw new Error(`No invitation was mailed to ${recipient}.`)
  const mail = openContent(secrets, row.id, row.content)
  const link = /https?:\S+\/invitations\/accept#\S+/.exec(mail.text)?.[0] ?? ''
  return { ...mail, language: row.language, token: tokenOf(link) }
}

/** Registers through an invitation; the answer as it is. */
export const registerBy = (app: TestApp, email: string, invitation_token: string) =>
  app.call<Session & { code: string }>('POST', '/auth/register', {
    body: { email, password, full_name: 'Gil Guest', invitation_token },
  })

export const membersOf = async (caller: Caller, query = ''): Promise<Member[]> =>
  (await caller.call<{ items: Member[] }>('GET', `/organizations/current/members${query}`)).body.items

export const invitationsOf = async (caller: Caller): Promise<Invitation[]> =>
  (await caller.call<{ items: Invitation[] }>('GET', '/organizations/current/invitations')).body.items

/** The organization's events, the oldest first. */
export async function eventsOf({ app }: TestApp, { session }: Caller) {
  const organization_id = session.organization.id
  return app.platform.tenancy.inTenant(systemActor(organization_id), ({ tx }) =>
    tx
      .selectFrom('events')
      .select(['type', 'record_id', 'actor_id', 'data'])
      .where('organization_id', '=', organization_id)
      .orderBy('seq')
      .execute(),
  )
}
