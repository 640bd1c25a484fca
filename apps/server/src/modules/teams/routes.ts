import { operations } from '@rapport/contracts'
import type { Module } from '../../platform/platform.ts'
import { listTeams } from './repository.ts'
import { createTeam, deleteTeam, requireTeam, updateTeam } from './service.ts'

export const teamsModule: Module = ({ api }) => {
  const { teams } = operations

  api.route(teams.list, {
    allow: 'teams:read',
    run: async (ctx) => ({ items: await listTeams(ctx), next_cursor: null }),
  })

  api.route(teams.create, { allow: 'teams:manage', run: (ctx, { body }) => createTeam(ctx, body) })

  api.route(teams.get, { allow: 'teams:read', run: (ctx, { params }) => requireTeam(ctx, params.id) })

  api.route(teams.update, {
    allow: 'teams:manage',
    run: (ctx, { params, body }) =>
      updateTeam(ctx, params.id, { ...body, version: body.version ?? ctx.if_match }),
  })

  api.route(teams.remove, {
    allow: 'teams:manage',
    run: (ctx, { params }) => deleteTeam(ctx, params.id) as Promise<undefined>,
  })
}
