import { operations } from '@rapport/contracts'
import type { Module } from '../../platform/platform.ts'
import { readActivity } from './activity.ts'
import { readFigures } from './figures.ts'
import { readRecent } from './recent.ts'

const readers = ['leads:read', 'contacts:read', 'deals:read'] as const

export const figuresModule: Module = ({ api }) => {
  const { figures } = operations
  api.route(figures.list, { allow: readers, read: (ctx, { query }) => readFigures(ctx, query) })
  api.route(figures.activity, { allow: readers, read: (ctx, { query }) => readActivity(ctx, query) })
  api.route(figures.recent, { allow: readers, read: (ctx, { query }) => readRecent(ctx, query.limit) })
}
