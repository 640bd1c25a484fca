import { z } from 'zod'
import { operation } from './operation.ts'
import { permissions, scopes } from './permissions.ts'
import { Currency, Email, Id, line, Timestamp } from './shared.ts'

export const Password = z.string().min(10).max(200).describe('At least 10 characters')

export const User = z.object({
  id: Id,
  email: z.string(),
  full_name: z.string(),
  language: z.enum(['en', 'pt-BR']),
  time_zone: z.string(),
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

export const Registration = z.strictObject({
  email: Email,
  password: Password,
  full_name: line(200),
  organization_name: line(200).optional(),
  language: z.enum(['en', 'pt-BR']).optional(),
  time_zone: z.string().max(64).optional(),
})

export const Me = z.object({
  user: User,
  /** The organization that the request named in X-Org-Id, or else the session's own. */
  organization: Organization,
  role: RoleKey,
  /** What the member may do there: permission → scope. */
  permissions: z.partialRecord(z.enum(permissions), z.enum(scopes)),
  organizations: z.array(z.object({ id: Id, name: z.string(), slug: z.string(), role: RoleKey })),
})
export type Me = z.infer<typeof Me>

export const Member = z.object({
  user_id: Id,
  full_name: z.string(),
  email: z.string(),
  role: RoleKey,
  joined_at: Timestamp,
})
export type Member = z.infer<typeof Member>

export const identity = {
  register: operation({
    method: 'POST',
    path: '/auth/register',
    summary: 'Create an account and its organization',
    body: Registration,
    status: 201,
    reply: Session,
  }),
  login: operation({
    method: 'POST',
    path: '/auth/login',
    summary: 'Log in with e-mail and password',
    body: z.strictObject({
      email: z.string().trim().toLowerCase().min(1).max(254),
      password: z.string().min(1).max(200),
      organization_id: Id.optional(),
    }),
    reply: Session,
  }),
  refresh: operation({
    method: 'POST',
    path: '/auth/refresh',
    summary: 'Exchange a refresh token for new tokens; the old one ends',
    body: z.strictObject({ refresh_token: z.string().min(1).max(500) }),
    reply: Session,
  }),
  logout: operation({
    method: 'POST',
    path: '/auth/logout',
    summary: 'End this session',
    status: 204,
  }),
  switchOrganization: operation({
    method: 'POST',
    path: '/auth/switch-organization',
    summary: 'Make another of your organizations the current one and get tokens for it',
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
    summary: 'Change name, currency or country of the organization',
    body: z.strictObject({
      name: line(200).optional(),
      currency: Currency.optional(),
      country: z
        .string()
        .regex(/^[A-Z]{2}$/)
        .nullish(),
    }),
    reply: Organization,
  }),
  members: operation({
    method: 'GET',
    path: '/organizations/current/members',
    summary: 'Members of the organization',
    reply: z.object({ items: z.array(Member), next_cursor: z.null() }),
  }),
}
