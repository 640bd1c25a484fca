import { operations } from '@rapport/contracts'
import type { Module } from '../../platform/platform.ts'
import { followRelatedNames, routeRecords } from '../records/index.ts'
import { createStaged, insertStaged, routeStaged } from '../staged/index.ts'
import { deals, stagedDeals } from './definition.ts'
import { routeLines } from './lines/routes.ts'
import { sendQuote } from './quote/send.ts'
import { totalDealsOf } from './totals.ts'

export const dealsModule: Module = ({ api, events }) => {
  routeRecords(api, deals, operations.deals, {
    create: (ctx, given, occasion) => createStaged(ctx, stagedDeals, given, occasion),
    insert: (ctx, given, origin, making) => insertStaged(ctx, stagedDeals, given, origin, making),
  })
  routeStaged(api, stagedDeals, operations.deals.moveStage)
  routeLines(api)
  events.subscribe(followRelatedNames(deals))

  api.route(operations.deals.ofCompany, {
    allow: 'deals:read',
    read: (ctx, { params }) => totalDealsOf(ctx, params.id),
  })
  api.route(operations.deals.quote, {
    allow: 'deals:read',
    async handle(ctx, { params, query }) {
      await sendQuote(ctx, params.id, query)
      return undefined
    },
  })
}
