import { operations } from '@rapport/contracts'
import type { Module } from '../../platform/platform.ts'
import { readChanges } from './changes.ts'
import { readForecast } from './forecast.ts'

export const forecastModule: Module = ({ api }) => {
  const { forecast } = operations
  api.route(forecast.get, { allow: 'deals:read', read: (ctx, { query }) => readForecast(ctx, query) })
  api.route(forecast.changes, { allow: 'deals:read', read: (ctx, { query }) => readChanges(ctx, query) })
}
