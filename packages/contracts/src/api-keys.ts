import { z } from 'zod'
import { operation } from './operation.ts'
import { permissions, scopedPermissions, type Permission } from './permissions.ts'
import { Id, IdParams, line, Timestamp } from './shared.ts'

/** What no key is ever given: making further keys, and giving the organization away. */
const keptFromKeys: readonly Permission[] = ['api_keys:manage', 'organization:transfer']

/** What a key can be given, in the order of the permission catalogue. */
export const keyPermissions = permissions.filter((permission) => !keptFromKeys.includes(permission))

export const keyScopes: readonly KeyScope[] = keyPermissions.flatMap((permission): KeyScope[] =>
  scopedPermissions.includes(permission)
    ? [permission, `${permission}:team`, `${permission}:own`]
    : [permission],
)
/** `leads:read` reaches all records, `leads:read:team` and `leads:read:own` those of the key's maker. */
export type KeyScope = Permission | `${Permission}:${'team' | 'own'}`

const Scope = z
  .string()
  .refine((text): text is KeyScope => (keyScopes as readonly string[]).includes(text), {
    error: 'must be a permission such as leads:read, leads:read:team or leads:read:own',
  })
  .describe('object:action, or object:action:team or object:action:own to reach less far')

const Scopes = z
  .array(Scope)
  .min(1)
  .max(200)
  .transform((scopes) => [...new Set(scopes)])

const defaultGraceHours = 24
const mostGraceHours = 7 * 24

export const ApiKey = z.object({
  id: Id,
  name: z.string(),
  /** The beginning by which people tell keys apart; the rest is secret. */
  prefix: z.string(),
  scopes: z.array(z.string()),
  /** Who made it. It never reaches further than this member does, and stops when the member leaves. */
  maker: z.object({ user_id: Id, full_name: z.string(), is_member: z.boolean() }),
  created_at: Timestamp,
  expires_at: Timestamp.nullable(),
  rotated_at: Timestamp.nullable(),
  /** Until when the secret from before the last rotation is still accepted. */
  previous_until: Timestamp.nullable(),
  revoked_at: Timestamp.nullable(),
  last_used_at: Timestamp.nullable(),
  last_used_ip: z.string().nullable(),
})
export type ApiKey = z.infer<typeof ApiKey>

/** `secret` is the whole key. It is told this once and cannot be read again. */
export const ApiKeyWithSecret = ApiKey.extend({ secret: z.string() })
export type ApiKeyWithSecret = z.infer<typeof ApiKeyWithSecret>

export const apiKeys = {
  list: operation({
    method: 'GET',
    path: '/api-keys',
    summary: 'API keys of the organization, the newest first; revoked ones for 90 days',
    reply: z.object({ items: z.array(ApiKey), next_cursor: z.null() }),
  }),
  create: operation({
    method: 'POST',
    path: '/api-keys',
    summary: 'Make an API key; its secret is told this once',
    body: z.strictObject({
      name: line(100),
      scopes: Scopes,
      expires_at: Timestamp.nullish().describe('Null for a key that does not expire'),
    }),
    status: 201,
    reply: ApiKeyWithSecret,
  }),
  updateScopes: operation({
    method: 'PUT',
    path: '/api-keys/{id}/scopes',
    summary: 'Change what an API key may do; it works at once',
    params: IdParams,
    body: z.strictObject({ scopes: Scopes }),
    reply: ApiKey,
  }),
  rotate: operation({
    method: 'POST',
    path: '/api-keys/{id}/rotate',
    summary: 'Give an API key a new secret; the old one is accepted for a while',
    params: IdParams,
    body: z.strictObject({
      grace_hours: z
        .number()
        .min(0)
        .max(mostGraceHours)
        .default(defaultGraceHours)
        .describe('For how long the old secret is still accepted, at most a week; 0 ends it at once'),
    }),
    reply: ApiKeyWithSecret,
  }),
  revoke: operation({
    method: 'DELETE',
    path: '/api-keys/{id}',
    summary: 'End an API key at once',
    params: IdParams,
    status: 204,
  }),
}
