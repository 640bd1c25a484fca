import { z } from 'zod'
import { FeatureFlags } from './features.ts'
import { operation } from './operation.ts'
import { fieldAccesses, permissions, scopes } from './permissions.ts'
import { Preferences } from './preferences.ts'
import { Currency, Email, Id, line, Timestamp } from './shared.ts'

export const Password = z.string().min(10).max(200).describe('At least 10 characters')

export const User = z.object({
  id: Id,
  email: z.string(),
  full_name: z.string(),
  language: z.enum(['en', 'pt-BR']),
  time_zone: z.string(),
  /** When the address was proved to be this person's; null until then. */
  email_verified_at: Timestamp.nullable(),
  created_at: Timestamp,
})
export type User = z.infer<typeof User>

export const Organization = z.object({
  id: Id,
  name: z.string(),
  slug: z.string(),
  currency: Currency,
  country: z.string().nullable(),
  created_at: Timestamp,
})
export type Organization = z.infer<typeof Organization>

/** The organization's name in addresses: small letters, digits and single hyphens between them. */
export const Slug = z
  .string()
  .trim()
  .min(2)
  .max(60)
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'must be small letters and digits, with single hyphens between them')

/** A built-in role by its name, or a custom one by its id. */
export const RoleKey = z.string().max(64)

/** Both tokens and who they speak for. `expires_in` is in seconds, of the access token. */
export const Session = z.object({
  user: User,
  organization: Organization,
  role: RoleKey,
  access_token: z.string(),
  refresh_token: z.string(),
  expires_in: z.int(),
})
export type Session = z.infer<typeof Session>

export const secondFactors = ['code', 'recovery_code', 'passkey'] as const

/** The answer to a right password where the account has two-factor on. The challenge lives for ten minutes. */
export const TwoFactorRequired = z.object({
  two_factor_required: z.literal(true),
  challenge: z.string(),
  /** What the person can answer with. */
  methods: z.array(z.enum(secondFactors)),
})
export type TwoFactorRequired = z.infer<typeof TwoFactorRequired>

/** A session, or the question for the second factor. */
export const LogInAnswer = z.union([Session, TwoFactorRequired])
export type LogInAnswer = z.infer<typeof LogInAnswer>

export const Registration = z.strictObject({
  email: Email,
  password: Password,
  full_name: line(200),
  organization_name: line(200).optional(),
  /** Joins the inviting organization instead of making one; the address must be the invited one. */
  invitation_token: z.string().min(1).max(200).optional(),
  language: z.enum(['en', 'pt-BR']).optional(),
  time_zone: z.string().max(64).optional(),
})

export const Me = z.object({
  user: User,
  preferences: Preferences,
  /** The organization that the request named in X-Org-Id, or else the session's own. */
  organization: Organization,
  role: RoleKey,
  /** The role as a person reads it: of a custom role its own name. */
  role_name: z.string(),
  /** What the member may do there: permission → scope. */
  permissions: z.partialRecord(z.enum(permissions), z.enum(scopes)),
  /** Parts of the product that the organization has on; what is off is refused. */
  features: FeatureFlags,
  /** Fields that the member may not see or not change: object → field → hidden or read. */
  field_rules: z.record(z.string(), z.record(z.string(), z.enum(fieldAccesses))),
  /** Whose records the scope `team` reaches: the members of one's teams, and oneself. */
  team_user_ids: z.array(Id),
  /**
   * The organization asks two-factor of its members and this session has shown one factor only: until that is made up
   * for, its routes answer 403 `two_factor_required`.
   */
  two_factor_pending: z.boolean(),
  organizations: z.array(z.object({ id: Id, name: z.string(), slug: z.string(), role: RoleKey })),
})
export type Me = z.infer<typeof Me>

export const identity = {
  register: operation({
    method: 'POST',
    path: '/auth/register',
    problems: [404],
    summary: 'Create an account and its organization, or join the one that invited you',
    body: Registration,
    status: 201,
    reply: Session,
  }),
  login: operation({
    method: 'POST',
    path: '/auth/login',
    problems: [401, 404],
    summary: 'Log in with e-mail and password',
    during_maintenance: true,
    body: z.strictObject({
      email: z.string().trim().toLowerCase().min(1).max(254),
      password: z.string().min(1).max(200),
      organization_id: Id.optional(),
      /** Joins the inviting organization and goes there; also for who belongs to no organization any more. */
      invitation_token: z.string().min(1).max(200).optional(),
    }),
    reply: LogInAnswer,
  }),
  refresh: operation({
    method: 'POST',
    path: '/auth/refresh',
    problems: [401],
    summary: 'Exchange a refresh token for new tokens; the old one ends',
    during_maintenance: true,
    body: z.strictObject({ refresh_token: z.string().min(1).max(500) }),
    reply: Session,
  }),
  logout: operation({
    method: 'POST',
    path: '/auth/logout',
    summary: 'End this session',
    during_maintenance: true,
    status: 204,
  }),
  switchOrganization: operation({
    method: 'POST',
    path: '/auth/switch-organization',
    summary: 'Make another of your organizations the current one and get tokens for it',
    during_maintenance: true,
    body: z.strictObject({ organization_id: Id }),
    reply: Session,
  }),
  me: operation({
    method: 'GET',
    path: '/users/me',
    summary: 'Who am I, where, and what may I do',
    reply: Me,
  }),
  updateMe: operation({
    method: 'PUT',
    path: '/users/me',
    summary: 'Change your name, language or time zone',
    body: z.strictObject({
      full_name: line(200).optional(),
      language: z.enum(['en', 'pt-BR']).optional(),
      time_zone: z.string().max(64).optional(),
    }),
    reply: User,
  }),
  createOrganization: operation({
    method: 'POST',
    path: '/organizations',
    summary: 'Create a further organization, of which you are the owner',
    body: z.strictObject({ name: line(200), currency: Currency.optional() }),
    status: 201,
    reply: Organization,
  }),
  currentOrganization: operation({
    method: 'GET',
    path: '/organizations/current',
    summary: 'The organization this request names',
    reply: Organization,
  }),
  updateOrganization: operation({
    method: 'PUT',
    path: '/organizations/current',
    summary: 'Change name, slug, currency or country of the organization',
    body: z.strictObject({
      name: line(200).optional(),
      slug: Slug.optional(),
      currency: Currency.optional(),
      country: z
        .string()
        .regex(/^[A-Z]{2}$/)
        .nullish(),
    }),
    reply: Organization,
  }),
}
