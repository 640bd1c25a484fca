/**
 * The permission catalogue: what can be done (object:action), how far it reaches (scope), and what
 * each built-in role may do. The server enforces it; the web app only reads the result.
 */
export const permissions = [
  'leads:read',
  'leads:create',
  'leads:update',
  'leads:delete',
  'leads:import',
  'pipelines:read',
  'pipelines:manage',
  'members:read',
  'members:manage',
  'organization:read',
  'organization:update',
] as const
export type Permission = (typeof permissions)[number]

/** How far a permission reaches: only records one owns, or all of the organization. */
export type Scope = 'own' | 'all'

export const roles = ['owner', 'admin', 'sales', 'viewer'] as const
export type Role = (typeof roles)[number]

export type Grants = Partial<Record<Permission, Scope>>

const everything: Grants = Object.fromEntries(permissions.map((permission) => [permission, 'all']))

/** What each built-in role may do. A missing permission is a refusal. */
export const roleGrants: Record<Role, Grants> = {
  owner: everything,
  admin: everything,
  sales: {
    'leads:read': 'all',
    'leads:create': 'all',
    'leads:update': 'all',
    'leads:delete': 'own',
    'leads:import': 'all',
    'pipelines:read': 'all',
    'members:read': 'all',
    'organization:read': 'all',
  },
  viewer: {
    'leads:read': 'all',
    'pipelines:read': 'all',
    'members:read': 'all',
    'organization:read': 'all',
  },
}
