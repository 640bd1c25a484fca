import { operations, type NewLead } from '@rapport/contracts'
import type { Module } from '../../platform/platform.ts'
import { holdStageRecords } from '../pipelines/index.ts'
import { routeRecords } from '../records/index.ts'
import { readBoard } from './board.ts'
import { createLead } from './create.ts'
import { leads, presentLead } from './definition.ts'
import { countInStages, moveAllLeads, moveLead } from './stage.ts'

export const leadsModule: Module = ({ api }) => {
  holdStageRecords('lead', { count: countInStages, move: moveAllLeads })
  routeRecords(api, leads, operations.leads, { create: (ctx, given) => createLead(ctx, given as NewLead) })

  api.route(operations.leads.moveStage, {
    allow: 'leads:update',
    run: async (ctx, { params, body }) => presentLead(ctx.actor, await moveLead(ctx, params.id, body)),
  })
  api.route(operations.pipelines.board, {
    allow: 'leads:read',
    read: (ctx, { params, query }) => readBoard(ctx, params.id, query),
  })
}
