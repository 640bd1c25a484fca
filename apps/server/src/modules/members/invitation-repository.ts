/** Invitations. SQL only. */
import { sql } from 'kysely'
import type { SystemTx, TenantTx } from '../../platform/tenancy.ts'

type Tx = SystemTx | TenantTx
export type Outcome = 'accepted' | 'declined' | 'revoked'

export type InvitationRow = {
  organization_id: string
  id: string
  email: string
  role: string
  team_ids: string[]
  message: string | null
  language: string
  invited_by: string
  inviter_name: string
  created_at: string
  sent_at: string
  expires_at: string
  outcome: Outcome | null
  expired: boolean
}

const select = (tx: Tx) =>
  tx
    .selectFrom('invitations as i')
    .innerJoin('users as inviter', 'inviter.id', 'i.invited_by')
    .select(['i.organization_id', 'i.id', 'i.email', 'i.role', 'i.team_ids', 'i.message', 'i.language'])
    .select([
      'i.invited_by',
      'inviter.full_name as inviter_name',
      'i.created_at',
      'i.sent_at',
      'i.expires_at',
    ])
    .select((is) => is.ref('i.outcome').$castTo<Outcome | null>().as('outcome'))
    .select(sql<boolean>`i.expires_at <= now()`.as('expired'))

/** What nobody has answered yet, the newest first. */
export const selectOpen = (tx: Tx, organization_id: string): Promise<InvitationRow[]> =>
  select(tx)
    .where('i.organization_id', '=', organization_id)
    .where('i.outcome', 'is', null)
    .orderBy('i.sent_at', 'desc')
    .orderBy('i.id')
    .execute()

/** To one address, in whatever organization. */
export const selectAcceptable = (tx: SystemTx, email: string): Promise<InvitationRow[]> =>
  select(tx)
    .where('i.email', '=', email)
    .where('i.outcome', 'is', null)
    .where(sql<boolean>`i.expires_at > now()`)
    .orderBy('i.sent_at', 'desc')
    .orderBy('i.id')
    .execute()

/** Locked until the transaction ends. */
export const lockInvitation = (
  tx: Tx,
  organization_id: string,
  id: string,
): Promise<InvitationRow | undefined> =>
  select(tx)
    .where('i.organization_id', '=', organization_id)
    .where('i.id', '=', id)
    .forUpdate('i')
    .executeTakeFirst()

/** By the token of the mail, which proves the address, or by that of the link that the inviter was shown. */
export const findByToken = (
  tx: Tx,
  hash: Buffer,
): Promise<(InvitationRow & { proves_address: boolean }) | undefined> =>
  select(tx)
    .select(sql<boolean>`i.token_hash = ${hash}`.as('proves_address'))
    .where((is) => is.or([is('i.token_hash', '=', hash), is('i.link_hash', '=', hash)]))
    .executeTakeFirst()

export type NewInvitation = {
  organization_id: string
  id: string
  email: string
  role: string
  team_ids: string[]
  message: string | null
  language: string
  token_hash: Buffer
  link_hash: Buffer
  invited_by: string
  expires_at: Date
}

/** The same address again renews: of each address an organization has one open invitation at most. */
export async function upsertInvitation(
  tx: Tx,
  invitation: NewInvitation,
): Promise<{ id: string; renewed: boolean }> {
  const { organization_id: _organization, id, email: _email, ...renewal } = invitation
  const row = await tx
    .insertInto('invitations')
    .values(invitation)
    .onConflict((on) =>
      on
        .columns(['organization_id', 'email'])
        .where('outcome', 'is', null)
        .doUpdateSet({ ...renewal, sent_at: sql`now()` }),
    )
    .returning('id')
    .executeTakeFirstOrThrow()
  return { id: row.id, renewed: row.id !== id }
}

export async function endInvitation(
  tx: Tx,
  { organization_id, id }: Pick<InvitationRow, 'organization_id' | 'id'>,
  outcome: Outcome,
): Promise<void> {
  await tx
    .updateTable('invitations')
    .set({ outcome, ended_at: new Date() })
    .where('organization_id', '=', organization_id)
    .where('id', '=', id)
    .execute()
}

/** Takes back what one member invited; answers what that was. */
export const revokeAllBy = (tx: Tx, organization_id: string, invited_by: string) =>
  tx
    .updateTable('invitations')
    .set({ outcome: 'revoked', ended_at: new Date() })
    .where('organization_id', '=', organization_id)
    .where('invited_by', '=', invited_by)
    .where('outcome', 'is', null)
    .returning(['id', 'email'])
    .execute()

export const replaceRole = (tx: Tx, organization_id: string, role: string, replacement: string) =>
  tx
    .updateTable('invitations')
    .set({ role: replacement })
    .where('organization_id', '=', organization_id)
    .where('role', '=', role)
    .where('outcome', 'is', null)
    .returning(['id', 'email'])
    .execute()

/** Addresses of people who did not come are not kept for ever. */
export async function deleteOldInvitations(tx: SystemTx): Promise<void> {
  await sql`DELETE FROM invitations
    WHERE ended_at < now() - interval '30 days' OR (outcome IS NULL AND expires_at < now() - interval '30 days')`.execute(
    tx,
  )
}
