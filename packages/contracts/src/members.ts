/** Who belongs to an organization, how people come in, change and go. */
import { z } from 'zod'
import { Somebody, Weighted } from './assignment.ts'
import { Organization, RoleKey } from './identity.ts'
import { operation } from './operation.ts'
import { Email, hasControlCharacter, Id, Timestamp } from './shared.ts'

/** The message that goes along with an invitation: several lines, as a person types them. */
const Message = z
  .string()
  .trim()
  .max(500)
  .refine((text) => !hasControlCharacter(text), 'must not contain control characters')

export const Member = z.object({
  user_id: Id,
  full_name: z.string(),
  email: z.string(),
  role: RoleKey,
  /** The role as a person reads it: of a custom role its own name. */
  role_name: z.string(),
  joined_at: Timestamp,
  /** When the member last had this organization open, to about ten minutes; null for never. */
  last_active_at: Timestamp.nullable(),
  /** Set while the member is shut out. */
  deactivated_at: Timestamp.nullable(),
  teams: z.array(z.object({ id: Id, name: z.string() })),
  /** Whether the member logs in with a second factor; told to those who manage members, else null. */
  two_factor: z.boolean().nullable(),
  /** What the caller may do to this member. */
  can: z.object({
    change_role: z.boolean(),
    deactivate: z.boolean(),
    restore: z.boolean(),
    /** Make an owner, with one's own password. */
    make_owner: z.boolean(),
  }),
})
export type Member = z.infer<typeof Member>

/** `expired` can be sent again; the three after it are the end. */
export const invitationStates = ['pending', 'expired', 'accepted', 'declined', 'revoked'] as const

export const Invitation = z.object({
  id: Id,
  email: z.string(),
  role: RoleKey,
  role_name: z.string(),
  team_ids: z.array(Id),
  message: z.string().nullable(),
  state: z.enum(invitationStates),
  invited_by: z.object({ id: Id, name: z.string() }),
  created_at: Timestamp,
  /** When the newest mail went out. */
  sent_at: Timestamp,
  expires_at: Timestamp,
})
export type Invitation = z.infer<typeof Invitation>

/** `link` is told this once: afterwards only a hash of its token is kept. */
export const SentInvitation = Invitation.extend({ link: z.url() })
export type SentInvitation = z.infer<typeof SentInvitation>

export const NewInvitation = z.strictObject({
  email: Email,
  role: RoleKey,
  team_ids: z.array(Id).max(50).optional(),
  message: Message.optional(),
})

export const InvitationToken = z.string().min(1).max(200)

/** What the invited person sees before saying yes. */
export const ReceivedInvitation = z.object({
  id: Id,
  organization_name: z.string(),
  email: z.string(),
  role: RoleKey,
  role_name: z.string(),
  inviter_name: z.string(),
  message: z.string().nullable(),
  expires_at: Timestamp,
})
export type ReceivedInvitation = z.infer<typeof ReceivedInvitation>

/** Who gets what a member owns. */
export const HandOver = z.discriminatedUnion('strategy', [
  z.strictObject({ strategy: z.literal('member'), user_id: Id }),
  z
    .strictObject({ strategy: z.literal('round_robin'), members: z.array(Weighted).min(1).max(100) })
    .describe('In turn, each by their weight; who is away is passed over'),
  z
    .strictObject({ strategy: z.literal('load'), members: z.array(Somebody).min(1).max(100) })
    .describe('Whoever has the fewest open records of the kind'),
  z
    .strictObject({ strategy: z.literal('rules') })
    .describe('As new records: by the rules of assignment; what no rule decides stays'),
])
export type HandOver = z.infer<typeof HandOver>

export const HandOverPreview = z.object({
  owned: z.int().describe('Live records of the member'),
  looked_at: z.int().describe('Fewer where rules have to read every record'),
  shares: z.array(z.object({ user_id: Id, records: z.int() })),
  kept: z.int().describe('Those looked at that nobody gets'),
})
export type HandOverPreview = z.infer<typeof HandOverPreview>

const Joined = z.object({ organization: Organization, role: RoleKey })
const UserParams = z.strictObject({ user_id: Id })
const InvitationParams = z.strictObject({ id: Id })

export const members = {
  list: operation({
    method: 'GET',
    path: '/organizations/current/members',
    summary: 'Members of the organization: the active ones, unless others are asked for',
    query: z.strictObject({ state: z.enum(['active', 'deactivated', 'all']).default('active') }),
    reply: z.object({ items: z.array(Member), next_cursor: z.null() }),
  }),
  get: operation({
    method: 'GET',
    path: '/organizations/current/members/{user_id}',
    summary: 'One member, with how much they own',
    params: UserParams,
    reply: Member.extend({ owned: z.record(z.string(), z.int()).describe('Live records by object') }),
  }),
  assignableRoles: operation({
    method: 'GET',
    path: '/organizations/current/assignable-roles',
    summary: 'The roles that you may give: none of them grants what you do not hold yourself',
    reply: z.object({
      items: z.array(z.object({ key: RoleKey, name: z.string(), description: z.string().nullable() })),
    }),
  }),
  update: operation({
    method: 'PATCH',
    path: '/organizations/current/members/{user_id}',
    summary: 'Give a member another role; owners are made by the transfer of ownership only',
    params: UserParams,
    body: z.strictObject({ role: RoleKey }),
    reply: Member,
  }),
  deactivate: operation({
    method: 'DELETE',
    path: '/organizations/current/members/{user_id}',
    summary: 'Shut a member out; with reassign_to what they own goes to another member, in the background',
    params: UserParams,
    query: z.strictObject({ reassign_to: Id.optional() }),
    reply: Member,
  }),
  handOver: operation({
    method: 'POST',
    path: '/organizations/current/members/{user_id}/hand-over',
    summary:
      'Give what a member owns to others: to one, in turn, by load, or by the rules; in the background',
    params: UserParams,
    body: HandOver,
    status: 202,
    reply: z.object({ owned: z.int().describe('Live records of the member') }),
  }),
  previewHandOver: operation({
    method: 'POST',
    path: '/organizations/current/members/{user_id}/hand-over/preview',
    summary: 'Who would get how much of what a member owns; nothing is written',
    params: UserParams,
    body: HandOver,
    reply: HandOverPreview,
  }),
  restore: operation({
    method: 'POST',
    path: '/organizations/current/members/{user_id}/restore',
    summary: 'Let a deactivated member in again, with the role they had',
    params: UserParams,
    reply: Member,
  }),
  transferOwnership: operation({
    method: 'POST',
    path: '/organizations/current/ownership',
    summary: 'Make a member the owner, with your own password; you become an admin unless you stay an owner',
    body: z.strictObject({
      user_id: Id,
      password: z.string().min(1).max(200),
      stay_owner: z.boolean().optional(),
    }),
    reply: Member,
  }),
  leave: operation({
    method: 'DELETE',
    path: '/users/me/memberships/{organization_id}',
    summary: 'Leave an organization; its last owner cannot',
    params: z.strictObject({ organization_id: Id }),
    status: 204,
  }),
}

export const invitations = {
  list: operation({
    method: 'GET',
    path: '/organizations/current/invitations',
    summary: 'Invitations that nobody has answered yet, expired ones included',
    reply: z.object({ items: z.array(Invitation), next_cursor: z.null() }),
  }),
  create: operation({
    method: 'POST',
    path: '/organizations/current/invitations',
    summary: 'Invite somebody by e-mail, with an account or without; the same address again renews',
    body: NewInvitation,
    status: 201,
    reply: SentInvitation,
  }),
  resend: operation({
    method: 'POST',
    path: '/organizations/current/invitations/{id}/resend',
    summary: 'Send it again with a new link for another seven days; the former link ends',
    params: InvitationParams,
    reply: SentInvitation,
  }),
  revoke: operation({
    method: 'DELETE',
    path: '/organizations/current/invitations/{id}',
    summary: 'Take an invitation back',
    params: InvitationParams,
    status: 204,
  }),
  inspect: operation({
    method: 'POST',
    path: '/organizations/invitations/inspect',
    problems: [404],
    summary: 'What an invitation is about, by its token; in the body, so that it stays out of logs',
    body: z.strictObject({ token: InvitationToken }),
    reply: ReceivedInvitation,
  }),
  accept: operation({
    method: 'POST',
    path: '/organizations/invitations/accept',
    problems: [404],
    summary: 'Join the organization; you must be logged in with the invited address',
    body: z.strictObject({ token: InvitationToken }),
    reply: Joined,
  }),
  mine: operation({
    method: 'GET',
    path: '/users/me/invitations',
    summary: 'Open invitations to your own verified address',
    reply: z.object({ items: z.array(ReceivedInvitation) }),
  }),
  acceptMine: operation({
    method: 'POST',
    path: '/users/me/invitations/{id}/accept',
    summary: 'Accept an invitation to your own verified address without its token',
    params: InvitationParams,
    reply: Joined,
  }),
  decline: operation({
    method: 'DELETE',
    path: '/users/me/invitations/{id}',
    summary: 'Decline an invitation to your own verified address',
    params: InvitationParams,
    status: 204,
  }),
}
