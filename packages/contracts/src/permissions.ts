/**
 * The permission catalogue: what can be done (object:action), how far it reaches (scope), and what
 * each built-in role may do. The server enforces it; the web app only reads the result.
 */

/** Every action by object. The order is that of the matrix on screen. */
export const permissionCatalogue = {
  leads: ['read', 'create', 'update', 'delete', 'import'],
  contacts: ['read', 'create', 'update', 'delete'],
  companies: ['read', 'create', 'update', 'delete'],
  deals: ['read', 'create', 'update', 'delete'],
  products: ['read', 'create', 'update', 'delete'],
  tasks: ['read', 'create', 'update', 'delete'],
  assignment: ['read', 'manage'],
  pipelines: ['read', 'manage'],
  views: ['read', 'create', 'share'],
  tags: ['read', 'create', 'manage'],
  goals: ['read', 'manage'],
  custom_fields: ['read', 'manage'],
  custom_objects: ['read', 'manage'],
  custom_records: ['read', 'create', 'update', 'delete'],
  chat: ['read', 'write', 'manage'],
  members: ['read', 'manage'],
  teams: ['read', 'manage'],
  roles: ['read', 'manage'],
  organization: ['read', 'update', 'export', 'transfer'],
  api_keys: ['manage'],
  audit: ['read'],
  privacy: ['read', 'manage'],
  features: ['read', 'manage'],
} as const

type Catalogue = typeof permissionCatalogue
export type PermissionObject = keyof Catalogue
export type Permission = {
  [Object in PermissionObject]: `${Object}:${Catalogue[Object][number]}`
}[PermissionObject]

export const permissions = Object.entries(permissionCatalogue).flatMap(([object, actions]) =>
  actions.map((action) => `${object}:${action}` as Permission),
)

/** How far a permission reaches: records one owns, those of one's teams and one's own, or all of the organization. */
export const scopes = ['own', 'team', 'all'] as const
export type Scope = (typeof scopes)[number]

/** Objects whose records have an owner and are granted alike by the built-in roles. */
const recordKinds = ['leads', 'contacts', 'companies', 'deals', 'custom_records'] as const

const scopedKinds = [...recordKinds, 'tasks'] as const

/** Permissions on records that have an owner; all others are granted for the whole organization or not at all. */
export const scopedPermissions: readonly Permission[] = scopedKinds.flatMap((kind): Permission[] => [
  `${kind}:read`,
  `${kind}:update`,
  `${kind}:delete`,
])

export const roles = [
  'owner',
  'admin',
  'manager',
  'sales',
  'caller',
  'lead_generator',
  'marketing_manager',
  'production_manager',
  'viewer',
] as const
export type Role = (typeof roles)[number]

export type Grants = Partial<Record<Permission, Scope>>

const everything: Grants = Object.fromEntries(permissions.map((permission) => [permission, 'all']))

/** What every member sees of the organization itself. */
const belonging: Grants = {
  'pipelines:read': 'all',
  'assignment:read': 'all',
  'views:read': 'all',
  'views:create': 'all',
  'tags:read': 'all',
  'custom_fields:read': 'all',
  'custom_objects:read': 'all',
  'products:read': 'all',
  'goals:read': 'all',
  'chat:read': 'all',
  'chat:write': 'all',
  'members:read': 'all',
  'teams:read': 'all',
  'organization:read': 'all',
  'features:read': 'all',
}

type Reach = { read: Scope; create?: 'all'; update?: Scope; delete?: Scope }

/** The same reach over leads, contacts, companies, deals and own records: what becomes of a lead stays with whom it was. */
const overRecords = (reach: Reach): Grants => over(recordKinds, reach)

const over = (kinds: readonly string[], reach: Reach): Grants =>
  Object.fromEntries(
    kinds.flatMap((kind) => Object.entries(reach).map(([action, scope]) => [`${kind}:${action}`, scope])),
  )

/** Whoever has something to do sees it and can tick it off; who leads others, what they have to do. */
const overTasks = (reach: Reach): Grants => over(['tasks'], reach)

/** What each built-in role may do. A missing permission is a refusal. */
export const roleGrants: Record<Role, Grants> = {
  owner: everything,
  admin: without(everything, ['organization:transfer']),
  manager: {
    ...belonging,
    ...overRecords({ read: 'all', create: 'all', update: 'all', delete: 'team' }),
    ...overTasks({ read: 'all', create: 'all', update: 'all', delete: 'team' }),
    'leads:import': 'all',
    'pipelines:manage': 'all',
    'assignment:manage': 'all',
    'views:share': 'all',
    'tags:create': 'all',
    'tags:manage': 'all',
    'products:create': 'all',
    'products:update': 'all',
    'products:delete': 'all',
    'teams:manage': 'all',
    'goals:manage': 'all',
    'chat:manage': 'all',
    'roles:read': 'all',
    'privacy:read': 'all',
  },
  sales: {
    ...belonging,
    ...overRecords({ read: 'all', create: 'all', update: 'all', delete: 'own' }),
    ...overTasks({ read: 'all', create: 'all', update: 'team', delete: 'own' }),
    'tags:create': 'all',
    'leads:import': 'all',
    'privacy:read': 'all',
  },
  caller: {
    ...belonging,
    ...overRecords({ read: 'team', update: 'team' }),
    ...overTasks({ read: 'team', create: 'all', update: 'own', delete: 'own' }),
  },
  lead_generator: {
    ...belonging,
    ...overRecords({ read: 'own', create: 'all', update: 'own', delete: 'own' }),
    ...overTasks({ read: 'own', create: 'all', update: 'own', delete: 'own' }),
    'tags:create': 'all',
    'leads:import': 'all',
  },
  marketing_manager: {
    ...belonging,
    ...overRecords({ read: 'all', create: 'all', update: 'own' }),
    ...overTasks({ read: 'all', create: 'all', update: 'own', delete: 'own' }),
    'tags:create': 'all',
    'leads:import': 'all',
    'views:share': 'all',
    'privacy:read': 'all',
  },
  production_manager: {
    ...belonging,
    ...overRecords({ read: 'all' }),
    ...overTasks({ read: 'all', create: 'all', update: 'all', delete: 'team' }),
    'views:share': 'all',
  },
  viewer: {
    ...belonging,
    ...overRecords({ read: 'all' }),
    ...overTasks({ read: 'all' }),
  },
}

function without(grants: Grants, taken: readonly Permission[]): Grants {
  return Object.fromEntries(
    Object.entries(grants).filter(([permission]) => !taken.includes(permission as Permission)),
  )
}

/** What a role may do with one field: not see it, see it without changing it, or both see and change it. */
export const fieldAccesses = ['hidden', 'read', 'edit'] as const
export type FieldAccess = (typeof fieldAccesses)[number]

/** Restricted fields by record object (`lead`) and field name; a field that is not named may be edited. */
export type FieldRules = Readonly<Record<string, Readonly<Record<string, FieldAccess>>>>
