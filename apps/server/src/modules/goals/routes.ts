import { operations } from '@rapport/contracts'
import { sql } from 'kysely'
import { dayOf, isoDay } from '../../platform/lists/index.ts'
import type { Module } from '../../platform/platform.ts'
import { queryBuilder } from '../../platform/kysely.ts'
import { presentGoal, selectGoals } from './read.ts'
import { createGoal, deleteGoal, updateGoal } from './service.ts'

export const goalsModule: Module = ({ api }) => {
  const { goals } = operations

  api.route(goals.list, {
    allow: 'goals:read',
    async read({ actor, read }, { query: { user_id, metric, ...asked } }) {
      const today = isoDay(dayOf(new Date(), actor.time_zone))
      const { from = today, to = asked.from === undefined ? today : '9999-12-31' } = asked
      const restriction = sql`AND g.ends_before > ${from}::date AND g.starts_on <= ${to}::date
        ${user_id === undefined ? sql`` : sql`AND g.user_id = ${user_id === 'me' ? actor.user_id : user_id}::uuid`}
        ${metric === undefined ? sql`` : sql`AND g.metric = ${metric}`}`
      const rows = await read(selectGoals(actor, restriction).compile(queryBuilder))
      return { items: rows.map(presentGoal), next_cursor: null }
    },
  })

  api.route(goals.create, { allow: 'goals:manage', run: (ctx, { body }) => createGoal(ctx, body) })

  api.route(goals.update, {
    allow: 'goals:manage',
    run: (ctx, { params, body: { target, version = ctx.if_match } }) =>
      updateGoal(ctx, params.id, { target, version }),
  })

  api.route(goals.remove, {
    allow: 'goals:manage',
    run: (ctx, { params }) => deleteGoal(ctx, params.id) as Promise<undefined>,
  })
}
