import { operations } from '@rapport/contracts'
import type { Module } from '../../platform/platform.ts'
import { queryBuilder } from '../../platform/kysely.ts'
import { arrangeDashboard, presentDashboard, selectDashboard } from './dashboards.ts'

export const dashboardsModule: Module = ({ api }) => {
  const { dashboards } = operations
  api.route(dashboards.get, {
    allow: 'organization:read',
    async read({ actor, read }) {
      const [row] = await read(selectDashboard(actor).compile(queryBuilder))
      return presentDashboard(actor, row)
    },
  })
  api.route(dashboards.arrange, {
    allow: 'organization:read',
    run: (ctx, { body }) => arrangeDashboard(ctx, body),
  })
}
