import { operations } from '@rapport/contracts'
import type { Module } from '../../platform/platform.ts'
import { holdStageRecords } from '../pipelines/index.ts'
import { describeSearched } from '../search/index.ts'
import { readBoard } from './board.ts'
import { createLead } from './create.ts'
import { presentLead } from './lead-row.ts'
import { logActivity } from './log-activity.ts'
import { leadRecords } from './fields.ts'
import { getLead, listLeads, readTimeline } from './read.ts'
import { seenSubtitle } from './record.ts'
import { countInStages, moveAllLeads, moveLead } from './stage.ts'
import { deleteLead, restoreLead } from './trash.ts'
import { updateLead } from './update.ts'

export const leadsModule: Module = ({ api }) => {
  const { leads, pipelines } = operations
  describeSearched({ records: leadRecords, subtitle: seenSubtitle })
  holdStageRecords('lead', { count: countInStages, move: moveAllLeads })

  api.route(leads.list, { allow: 'leads:read', read: (ctx, { query }) => listLeads(ctx, query) })
  api.route(leads.create, { allow: 'leads:create', run: (ctx, { body }) => createLead(ctx, body) })
  api.route(leads.get, { allow: 'leads:read', read: (ctx, { params }) => getLead(ctx, params.id) })

  api.route(leads.update, {
    allow: 'leads:update',
    async run(ctx, { params, body }) {
      const lead = await updateLead(ctx, params.id, { ...body, version: body.version ?? ctx.if_match })
      return presentLead(ctx.actor, lead)
    },
  })

  api.route(leads.assign, {
    allow: 'leads:update',
    async run(ctx, { params, body }) {
      const { owner_id, version = ctx.if_match } = body
      return presentLead(ctx.actor, await updateLead(ctx, params.id, { owner_id, version }))
    },
  })

  api.route(leads.remove, {
    allow: 'leads:delete',
    run: (ctx, { params }) => deleteLead(ctx, params.id, ctx.if_match) as Promise<undefined>,
  })

  api.route(leads.restore, {
    allow: 'leads:delete',
    run: async (ctx, { params }) => presentLead(ctx.actor, await restoreLead(ctx, params.id)),
  })

  api.route(leads.moveStage, {
    allow: 'leads:update',
    run: async (ctx, { params, body }) => presentLead(ctx.actor, await moveLead(ctx, params.id, body)),
  })

  api.route(leads.timeline, {
    allow: 'leads:read',
    read: (ctx, { params, query }) => readTimeline(ctx, params.id, query),
  })
  api.route(leads.activities, {
    allow: 'leads:read',
    read: (ctx, { params, query }) => readTimeline(ctx, params.id, query),
  })
  api.route(leads.logActivity, {
    allow: 'leads:update',
    run: (ctx, { params, body }) => logActivity(ctx, params.id, body),
  })

  api.route(pipelines.board, {
    allow: 'leads:read',
    read: (ctx, { params, query }) => readBoard(ctx, params.id, query),
  })
}
