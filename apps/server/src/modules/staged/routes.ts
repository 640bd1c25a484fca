import { operations, type MoveStageOperation } from '@rapport/contracts'
import { scopeOf } from '../../platform/actor.ts'
import { createCache } from '../../platform/cache.ts'
import type { Api, ReadContext } from '../../platform/http/route.ts'
import { queryBuilder } from '../../platform/kysely.ts'
import { presentRow } from '../../platform/lists/index.ts'
import type { Module } from '../../platform/platform.ts'
import { permissionMissing } from '../../platform/problems.ts'
import { holdStageRecords, pipelineNotFound, selectObject } from '../pipelines/index.ts'
import { holdMoves } from '../records/index.ts'
import { readBoard } from './board.ts'
import { describeStaged, valuedOf, type Staged, type StagedRow } from './definition.ts'
import { countInStages, moveAllRecords } from './move-all.ts'
import { moveBack } from './move-back.ts'
import { moveRecord } from './move.ts'
import { mayBeAsked } from './requirements.ts'

/** What an object in stages has beyond any record: its moves, and that its stages can be emptied. */
export function routeStaged<Row extends StagedRow>(
  api: Api,
  staged: Staged<Row>,
  moveStage: MoveStageOperation,
): void {
  const { records } = staged.definition
  describeStaged(staged)
  holdStageRecords(records.object, {
    count: (ctx, stage_ids) => countInStages(ctx, staged, stage_ids),
    move: (ctx, stage_ids, to) => moveAllRecords(ctx, staged, stage_ids, to),
    mayBeAsked: (actor, field) => mayBeAsked(records, actor, field),
  })
  holdMoves(records.object, (ctx, id, version) => moveBack(ctx, staged, id, version))
  api.route(moveStage, {
    allow: records.permissions.update,
    run: async (ctx, { params, body }) =>
      presentRow(records, ctx.actor, await moveRecord(ctx, staged, params.id, body)),
  })
}

/** A pipeline is for the same object as long as it is there. */
const rememberedPipelines = 10_000
const remembered_ms = 3_600_000

export const stagedModule: Module = ({ api }) => {
  const objects = createCache<string>(rememberedPipelines, remembered_ms, Date.now)
  const objectOf = ({ actor, read }: ReadContext, id: string) =>
    objects.get(`${actor.organization_id} ${id}`, async () => {
      const [pipeline] = await read(selectObject(actor.organization_id, id).compile(queryBuilder))
      if (!pipeline) throw pipelineNotFound(id)
      return pipeline.object
    })

  api.route(operations.pipelines.board, {
    allow: ['leads:read', 'deals:read'],
    async read(ctx, { params, query }) {
      const valued = valuedOf(await objectOf(ctx, params.id))
      const { read } = valued.records.permissions
      if (scopeOf(ctx.actor, read) === undefined) throw permissionMissing(ctx.actor, read)
      return readBoard(ctx, valued, params.id, query)
    },
  })
}
