/** Asking people in: inviting, sending again, taking back. */
import type { Invitation, SentInvitation } from '@rapport/contracts'
import { newId } from '../../platform/ids.ts'
import type { Mail } from '../../platform/mail/index.ts'
import type { Ctx } from '../../platform/tenancy.ts'
import { getOrganization, hashSecret, newSecret } from '../identity/index.ts'
import {
  endInvitation,
  lockInvitation,
  replaceRole,
  revokeAllBy,
  selectOpen,
  upsertInvitation,
  type InvitationRow,
} from './invitation-repository.ts'
import { invitationLetter } from './letter.ts'
import { isMemberAddress } from './member-repository.ts'
import { alreadyMember, invitationEnded, invitationNotFound, unknownTeams } from './problems.ts'
import { loadRoles, requireGiveable, roleOf, type KnownRoles } from './roles.ts'

const days = 7
const day_ms = 24 * 3600_000
const acceptPath = '/invitations/accept'

type Request = {
  email: string
  role: string
  team_ids?: string[] | undefined
  message?: string | null | undefined
}

export function presentInvitation(row: InvitationRow, known: KnownRoles): Invitation {
  const {
    organization_id: _organization,
    language: _language,
    outcome,
    expired,
    invited_by,
    inviter_name,
    ...told
  } = row
  const state = outcome ?? (expired ? ('expired' as const) : ('pending' as const))
  const role_name = roleOf(known, row.role).name
  return { ...told, role_name, state, invited_by: { id: invited_by, name: inviter_name } }
}

export async function listInvitations({ tx, actor }: Ctx): Promise<Invitation[]> {
  const { organization_id } = actor
  const [known, rows] = await Promise.all([loadRoles(tx, organization_id), selectOpen(tx, organization_id)])
  return rows.map((row) => presentInvitation(row, known))
}

export async function invite(ctx: Ctx, mail: Mail, request: Request): Promise<SentInvitation> {
  const { tx, actor } = ctx
  const { email, role, team_ids = [], message } = request
  requireGiveable(ctx, await loadRoles(tx, actor.organization_id), role)
  await requireTeams(ctx, team_ids)
  if (await isMemberAddress(tx, actor.organization_id, email)) throw alreadyMember(email)
  return send(ctx, mail, { email, role, team_ids: [...new Set(team_ids)], message: message || null })
}

/** Again, with a new link and another seven days; whoever sends it answers for the role. */
export async function resendInvitation(ctx: Ctx, mail: Mail, id: string): Promise<SentInvitation> {
  const invitation = await lockOpen(ctx, id)
  requireGiveable(ctx, await loadRoles(ctx.tx, ctx.actor.organization_id), invitation.role)
  return send(ctx, mail, invitation)
}

type Content = Required<Pick<InvitationRow, 'email' | 'role' | 'team_ids' | 'message'>>

/**
 * Two tokens: the mailed one proves to whoever comes with it that they read the mails of that address. The one in
 * the link that the inviter may pass on proves nothing, so nobody can make another's address their own by it.
 */
async function send(
  ctx: Ctx,
  mail: Mail,
  { email, role, team_ids, message }: Content,
): Promise<SentInvitation> {
  const { tx, actor, emit } = ctx
  const { organization_id, user_id } = actor
  if (user_id === null) throw new Error('Only people invite, or programs on behalf of one.')
  const [mailed, shown] = [newSecret(), newSecret()]
  const [organization, language] = await Promise.all([
    getOrganization(tx, organization_id),
    languageFor(ctx, email),
  ])
  const { id, renewed } = await upsertInvitation(tx, {
    organization_id,
    id: newId(),
    email,
    role,
    team_ids,
    message,
    language,
    invited_by: user_id,
    token_hash: hashSecret(mailed),
    link_hash: hashSecret(shown),
    expires_at: new Date(Date.now() + days * day_ms),
  })
  const link = mail.link(acceptPath, { token: mailed })
  const values = { organization: organization.name, inviter: actor.name, message, link, days }
  await mail.send(tx, { to: email, language, template: invitationLetter, values })
  emit({
    type: renewed ? 'invitation.updated' : 'invitation.created',
    record: { object: 'invitation', id, name: email },
    data: { role },
    changes: { after: { email, role, team_ids } },
  })
  return { ...(await requireInvitation(ctx, id)), link: mail.link(acceptPath, { token: shown }) }
}

/** The account's own language where there is one, else the inviter's. */
async function languageFor({ tx, actor }: Ctx, email: string): Promise<string> {
  const rows = await tx
    .selectFrom('users')
    .select(['id', 'language'])
    .where((is) => is.or([is('email', '=', email), is('id', '=', actor.user_id)]))
    .execute()
  return (rows.find(({ id }) => id !== actor.user_id) ?? rows[0])?.language ?? 'en'
}

async function requireTeams({ tx, actor }: Ctx, ids: string[]): Promise<void> {
  if (ids.length === 0) return
  const known = await tx
    .selectFrom('teams')
    .select('id')
    .where('organization_id', '=', actor.organization_id)
    .where('id', 'in', ids)
    .execute()
  if (known.length < new Set(ids).size) throw unknownTeams()
}

async function requireInvitation({ tx, actor }: Ctx, id: string): Promise<Invitation> {
  const row = await lockInvitation(tx, actor.organization_id, id)
  if (!row) throw invitationNotFound(id)
  return presentInvitation(row, await loadRoles(tx, actor.organization_id))
}

async function lockOpen({ tx, actor }: Ctx, id: string): Promise<InvitationRow> {
  const row = await lockInvitation(tx, actor.organization_id, id)
  if (!row) throw invitationNotFound(id)
  if (row.outcome !== null) throw invitationEnded(row.outcome)
  return row
}

export async function revokeInvitation(ctx: Ctx, id: string): Promise<void> {
  const row = await lockInvitation(ctx.tx, ctx.actor.organization_id, id)
  if (!row) throw invitationNotFound(id)
  if (row.outcome === 'revoked') return // a retry is not an error
  if (row.outcome !== null) throw invitationEnded(row.outcome)
  await endInvitation(ctx.tx, row, 'revoked')
  tellEnd(ctx, row, 'revoked')
}

/** Whoever is shut out lets nobody in any more. */
export async function revokeInvitationsOf(ctx: Ctx, user_id: string): Promise<void> {
  const ended = await revokeAllBy(ctx.tx, ctx.actor.organization_id, user_id)
  for (const invitation of ended) tellEnd(ctx, invitation, 'revoked')
}

export function tellEnd(
  { emit }: Ctx,
  { id, email }: Pick<InvitationRow, 'id' | 'email'>,
  outcome: NonNullable<InvitationRow['outcome']>,
): void {
  emit({
    type: 'invitation.ended',
    record: { object: 'invitation', id, name: email },
    data: { outcome },
    changes: { after: { outcome } },
  })
}

/** A role that was deleted is replaced in what is still open, too. */
export async function replaceInvitedRole(ctx: Ctx, role: string, replacement: string): Promise<void> {
  const { tx, actor, emit } = ctx
  const changed = await replaceRole(tx, actor.organization_id, role, replacement)
  for (const { id, email } of changed)
    emit({
      type: 'invitation.updated',
      record: { object: 'invitation', id, name: email },
      data: { role: replacement },
      changes: { before: { role }, after: { role: replacement } },
    })
}
