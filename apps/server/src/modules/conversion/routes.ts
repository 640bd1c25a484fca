import { operations, type Lead } from '@rapport/contracts'
import { presentRow } from '../../platform/lists/index.ts'
import type { Module } from '../../platform/platform.ts'
import { leads } from '../leads/index.ts'
import { readRow, requireReadable } from '../records/index.ts'
import { convertLead } from './convert.ts'
import { propose } from './proposal.ts'
import { readConversion } from './repository.ts'
import { tellHistoryOfLeads } from './timeline.ts'
import { undoConversion } from './undo.ts'

export const conversionModule: Module = ({ api }) => {
  const { conversion } = operations
  tellHistoryOfLeads()

  api.route(conversion.get, {
    allow: 'leads:read',
    run: async (ctx, { params }) => {
      const lead = requireReadable(ctx.actor, leads, await readRow(ctx, leads, params.id), params.id)
      const known = await readConversion(ctx, lead.id)
      return { conversion: known, proposal: known ? null : await propose(ctx, lead) }
    },
  })
  api.route(conversion.convert, {
    allow: 'leads:update',
    run: (ctx, { params, body }) =>
      convertLead(ctx, params.id, { ...body, version: body.version ?? ctx.if_match }),
  })
  api.route(conversion.undo, {
    allow: 'leads:update',
    run: async (ctx, { params, body }) =>
      presentRow(leads.records, ctx.actor, await undoConversion(ctx, params.id, body.keep)) as Lead,
  })
}
