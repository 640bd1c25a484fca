import { operations } from '@rapport/contracts'
import { sql } from 'kysely'
import { queryBuilder } from '../../platform/kysely.ts'
import type { Module } from '../../platform/platform.ts'
import { presentView, requireSeen } from './presentation.ts'
import { viewNotFound } from './problems.ts'
import { selectViews } from './repository.ts'
import { createView, deleteView, updateView } from './service.ts'

export const viewsModule: Module = ({ api }) => {
  const { views } = operations

  api.route(views.list, {
    allow: 'views:read',
    async read({ actor, read }, { query }) {
      const records = requireSeen(actor, query.object)
      const rows = await read(selectViews(actor, sql`AND v.object = ${query.object}`).compile(queryBuilder))
      return { items: rows.map((row) => presentView(actor, records, row)), next_cursor: null }
    },
  })

  api.route(views.create, { allow: 'views:create', run: (ctx, { body }) => createView(ctx, body) })

  api.route(views.get, {
    allow: 'views:read',
    async read({ actor, read }, { params }) {
      const [view] = await read(selectViews(actor, sql`AND v.id = ${params.id}::uuid`).compile(queryBuilder))
      if (!view) throw viewNotFound(params.id)
      return presentView(actor, requireSeen(actor, view.object), view)
    },
  })

  api.route(views.update, {
    allow: 'views:create',
    run: (ctx, { params, body }) =>
      updateView(ctx, params.id, { ...body, version: body.version ?? ctx.if_match }),
  })

  api.route(views.remove, {
    allow: 'views:create',
    run: (ctx, { params }) => deleteView(ctx, params.id) as Promise<undefined>,
  })
}
