/** The routes that every object has. */
import type { RecordOperations } from '@rapport/contracts'
import { presentRow } from '../../platform/lists/index.ts'
import type { Actor } from '../../platform/actor.ts'
import type { Api } from '../../platform/http/route.ts'
import type { Ctx } from '../../platform/tenancy.ts'
import { describeSearched } from '../search/index.ts'
import { readColumnTotals } from './column-totals.ts'
import { createRecord } from './create.ts'
import type { BaseRow, Given, Occasion, RecordDefinition } from './definition.ts'
import { readGroups } from './groups.ts'
import { logActivity } from './log-activity.ts'
import { keepKind } from './kinds.ts'
import { getRecord, listRecords, readTimeline } from './read.ts'
import { deleteRecord, restoreRecord } from './trash.ts'
import { describeTotals } from './totals.ts'
import { updateRecord } from './update.ts'

type Options<Row extends BaseRow> = {
  /** What making one takes beyond the general way; the default makes it as it is given. */
  create?: (ctx: Ctx, given: Given, occasion: Occasion) => Promise<Row>
}

/** What a person does to one record. */
const own: Occasion = { undoable: true }

export function routeRecords<Row extends BaseRow>(
  api: Api,
  definition: RecordDefinition<Row>,
  operations: RecordOperations,
  {
    create = (ctx, given, occasion) => createRecord(ctx, definition, { given }, occasion),
  }: Options<Row> = {},
): void {
  const { records, subtitle } = definition
  const { read, update, delete: remove } = records.permissions
  const present = (actor: Actor, row: Row) => presentRow(records, actor, row)
  describeSearched({ records, subtitle })
  keepKind(definition, operations)
  describeTotals(records, { value: definition.value ?? null, weight: null })

  api.route(operations.list, { allow: read, read: (ctx, { query }) => listRecords(ctx, definition, query) })
  api.route(operations.totals, {
    allow: read,
    read: (ctx, { query }) => readColumnTotals(ctx, records, query),
  })
  api.route(operations.groups, { allow: read, read: (ctx, { query }) => readGroups(ctx, records, query) })
  api.route(operations.create, {
    allow: definition.create,
    run: async (ctx, { body }) => present(ctx.actor, await create(ctx, body, own)),
  })
  api.route(operations.get, {
    allow: read,
    read: (ctx, { params, query }) => getRecord(ctx, definition, params.id, query),
  })
  api.route(operations.update, {
    allow: update,
    run: async (ctx, { params, body }) => {
      const version = (body['version'] as number | undefined) ?? ctx.if_match
      return present(ctx.actor, await updateRecord(ctx, definition, params.id, { ...body, version }, own))
    },
  })
  if (operations.assign)
    api.route(operations.assign, {
      allow: update,
      run: async (ctx, { params, body }) => {
        const { owner_id, version = ctx.if_match } = body
        return present(ctx.actor, await updateRecord(ctx, definition, params.id, { owner_id, version }, own))
      },
    })
  api.route(operations.remove, {
    allow: remove,
    run: async (ctx, { params }) => {
      await deleteRecord(ctx, definition, params.id, ctx.if_match, own)
      return undefined
    },
  })
  api.route(operations.restore, {
    allow: remove,
    run: async (ctx, { params }) => present(ctx.actor, await restoreRecord(ctx, definition, params.id, own)),
  })
  for (const operation of [operations.timeline, operations.activities])
    api.route(operation, {
      allow: read,
      read: (ctx, { params, query }) => readTimeline(ctx, definition, params.id, query),
    })
  api.route(operations.logActivity, {
    allow: update,
    run: (ctx, { params, body }) => logActivity(ctx, definition, params.id, body),
  })
}
