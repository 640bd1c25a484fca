import { operations } from '@rapport/contracts'
import type { Api } from '../../../platform/http/route.ts'
import { queryBuilder } from '../../../platform/kysely.ts'
import { notFound } from '../../../platform/problems.ts'
import { addLine, changeLine, removeLine } from './change.ts'
import { presentLines, requireSeenValue } from './present.ts'
import { selectPricedDeal } from './repository.ts'

export function routeLines(api: Api): void {
  const { lineItems } = operations

  api.route(lineItems.list, {
    allow: 'deals:read',
    async read({ actor, read }, { params }) {
      const [deal] = await read(selectPricedDeal(actor, params.id).compile(queryBuilder))
      if (!deal) throw notFound('deal', params.id)
      requireSeenValue(actor)
      return presentLines(deal)
    },
  })
  api.route(lineItems.create, {
    allow: 'deals:update',
    run: (ctx, { params, body: { version = ctx.if_match, ...given } }) =>
      addLine(ctx, params.id, { ...given, version }),
  })
  api.route(lineItems.update, {
    allow: 'deals:update',
    run: (ctx, { params, body: { version = ctx.if_match, ...given } }) =>
      changeLine(ctx, { deal_id: params.id, line_id: params.line_id }, { ...given, version }),
  })
  api.route(lineItems.remove, {
    allow: 'deals:update',
    run: async (ctx, { params }) => {
      await removeLine(ctx, { deal_id: params.id, line_id: params.line_id }, ctx.if_match)
      return undefined
    },
  })
}
