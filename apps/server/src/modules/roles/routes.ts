import { operations } from '@rapport/contracts'
import type { Module } from '../../platform/platform.ts'
import { listAllRoles, readRole } from './catalogue.ts'
import { roleNotFound } from './problems.ts'
import { createRole, deleteRole, updateRole, type RoleReplacedHook } from './service.ts'

type Options = {
  /** What else points to roles by their key, and has to follow when one is replaced. */
  onRoleReplaced?: readonly RoleReplacedHook[]
}

export function rolesModule({ onRoleReplaced = [] }: Options = {}): Module {
  return ({ api }) => {
    const { roles } = operations

    api.route(roles.list, {
      allow: 'roles:read',
      run: async (ctx) => ({ items: await listAllRoles(ctx), next_cursor: null }),
    })

    api.route(roles.create, {
      allow: 'roles:manage',
      run: (ctx, { body }) => createRole(ctx, body),
    })

    api.route(roles.get, {
      allow: 'roles:read',
      async run(ctx, { params }) {
        const role = await readRole(ctx, params.id)
        if (!role) throw roleNotFound(params.id)
        return role
      },
    })

    api.route(roles.update, {
      allow: 'roles:manage',
      run: (ctx, { params, body }) =>
        updateRole(ctx, params.id, { ...body, version: body.version ?? ctx.if_match }),
    })

    api.route(roles.remove, {
      allow: 'roles:manage',
      run: (ctx, { params, query }) =>
        deleteRole(ctx, params.id, query.replacement, onRoleReplaced) as Promise<undefined>,
    })
  }
}
