import { operations } from '@rapport/contracts'
import { sql } from 'kysely'
import { queryBuilder } from '../../platform/kysely.ts'
import type { Module } from '../../platform/platform.ts'
import { reasonsQuery, setReasons, usualReasons } from './lost-reasons.ts'
import { pipelineNotFound } from './problems.ts'
import { selectPipelines } from './repository.ts'
import { createPipeline, listPipelines, removePipeline, updatePipeline } from './service.ts'
import { addStage, removeStage, updateStage } from './stages.ts'

export const pipelinesModule: Module = ({ api }) => {
  const { pipelines, lostReasons } = operations

  api.route(pipelines.list, {
    allow: 'pipelines:read',
    read: async ({ actor, read }, { query }) => ({
      items: await read(listPipelines(actor.organization_id, query.object).compile(queryBuilder)),
      next_cursor: null,
    }),
  })

  api.route(pipelines.get, {
    allow: 'pipelines:read',
    async read({ actor, read }, { params }) {
      const statement = selectPipelines(actor.organization_id, sql`AND p.id = ${params.id}::uuid`)
      const [pipeline] = await read(statement.compile(queryBuilder))
      if (!pipeline) throw pipelineNotFound(params.id)
      return pipeline
    },
  })

  api.route(pipelines.create, {
    allow: 'pipelines:manage',
    run: (ctx, { body }) => createPipeline(ctx, body),
  })

  api.route(pipelines.update, {
    allow: 'pipelines:manage',
    run: (ctx, { params, body }) => updatePipeline(ctx, params.id, body),
  })

  api.route(pipelines.remove, {
    allow: 'pipelines:manage',
    run: (ctx, { params, query }) => removePipeline(ctx, params.id, query.move_to) as Promise<undefined>,
  })

  api.route(pipelines.addStage, {
    allow: 'pipelines:manage',
    run: (ctx, { params, body }) => addStage(ctx, params.id, body),
  })

  api.route(pipelines.updateStage, {
    allow: 'pipelines:manage',
    run: (ctx, { params, body }) => updateStage(ctx, params.id, params.stage_id, body),
  })

  api.route(pipelines.removeStage, {
    allow: 'pipelines:manage',
    run: (ctx, { params, query }) =>
      removeStage(ctx, params.id, params.stage_id, query.move_to) as Promise<undefined>,
  })

  api.route(lostReasons.get, {
    allow: 'pipelines:read',
    read: async ({ actor, read }) =>
      (await read(reasonsQuery(actor.organization_id).compile(queryBuilder)))[0] ??
      usualReasons(actor.language),
  })

  api.route(lostReasons.set, {
    allow: 'pipelines:manage',
    run: (ctx, { body }) => setReasons(ctx, body),
  })
}
