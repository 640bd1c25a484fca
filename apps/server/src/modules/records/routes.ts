/** The routes that every object has. */
import type { Permission, RecordOperations } from '@rapport/contracts'
import { presentRow, type RecordDescription } from '../../platform/lists/index.ts'
import type { Actor } from '../../platform/actor.ts'
import type { Api, RunContext } from '../../platform/http/route.ts'
import type { Ctx } from '../../platform/tenancy.ts'
import { describeSearched } from '../search/index.ts'
import { readColumnTotals } from './column-totals.ts'
import { createRecord } from './create.ts'
import type { BaseRow, Given, Occasion, RecordDefinition } from './definition.ts'
import { readGroups } from './groups.ts'
import { logActivity } from './log-activity.ts'
import { keepKinds, type InsertMany, type PathParams } from './kinds.ts'
import { getRecord, listRecords, readTimeline } from './read.ts'
import { deleteRecord, restoreRecord } from './trash.ts'
import { describeTotals } from './totals.ts'
import { updateRecord, type Change } from './update.ts'

type Options<Row extends BaseRow> = {
  /** What making one takes beyond the general way; the default makes it as it is given. */
  create?: (ctx: Ctx, given: Given, occasion: Occasion) => Promise<Row>
  /** The same of many at once. */
  insert?: InsertMany
}

/** What a person does to one record. */
const own: Occasion = { undoable: true }

/** Of an object that every organization has. */
export function routeRecords<Row extends BaseRow>(
  api: Api,
  definition: RecordDefinition<Row>,
  operations: RecordOperations,
  options: Options<Row> = {},
): void {
  const { records, create, subtitle, value = null } = definition
  describeTotals(records, { value, weight: null })
  describeSearched({ family: records.family, permission: records.permissions.read, subtitle })
  serveRecords(api, {
    family: records.family,
    permissions: { ...records.permissions, create },
    operations,
    definitionOf: () => definition,
    definitionAt: () => definition,
    ...options,
  })
}

type Served<Row extends BaseRow> = Options<Row> & {
  family: string
  permissions: RecordDescription['permissions'] & { create: Permission }
  operations: RecordOperations
  definitionOf: (object: string) => RecordDefinition<Row>
  /** The definition of the records that a request is about. */
  definitionAt: (actor: Actor, params: PathParams) => RecordDefinition<Row>
}

export function serveRecords<Row extends BaseRow>(api: Api, served: Served<Row>): void {
  const { operations, permissions, definitionAt: at } = served
  const { read, update, delete: remove } = permissions
  const present = (actor: Actor, { records }: RecordDefinition<Row>, row: Row) =>
    presentRow(records, actor, row)
  keepKinds(served)

  api.route(operations.list, {
    allow: read,
    read: (ctx, { params, query }) => listRecords(ctx, at(ctx.actor, params), query),
  })
  api.route(operations.totals, {
    allow: read,
    read: (ctx, { params, query }) => readColumnTotals(ctx, at(ctx.actor, params).records, query),
  })
  api.route(operations.groups, {
    allow: read,
    read: (ctx, { params, query }) => readGroups(ctx, at(ctx.actor, params).records, query),
  })
  api.route(operations.create, {
    allow: permissions.create,
    run: async (ctx, { params, body }) => {
      const definition = at(ctx.actor, params)
      const row = served.create
        ? await served.create(ctx, body, own)
        : await createRecord(ctx, definition, { given: body }, own)
      return present(ctx.actor, definition, row)
    },
  })
  api.route(operations.get, {
    allow: read,
    read: (ctx, { params, query }) => getRecord(ctx, at(ctx.actor, params), params.id, query),
  })
  type Named = { id: string; object?: string | undefined }
  const change = async (ctx: RunContext, params: Named, given: Change) => {
    const definition = at(ctx.actor, params)
    const version = given.version ?? ctx.if_match
    const row = await updateRecord(ctx, definition, params.id, { ...given, version }, own)
    return present(ctx.actor, definition, row)
  }
  api.route(operations.update, { allow: update, run: (ctx, { params, body }) => change(ctx, params, body) })
  if (operations.assign)
    api.route(operations.assign, { allow: update, run: (ctx, { params, body }) => change(ctx, params, body) })
  api.route(operations.remove, {
    allow: remove,
    run: async (ctx, { params }) => {
      await deleteRecord(ctx, at(ctx.actor, params), params.id, ctx.if_match, own)
      return undefined
    },
  })
  api.route(operations.restore, {
    allow: remove,
    run: async (ctx, { params }) => {
      const definition = at(ctx.actor, params)
      return present(ctx.actor, definition, await restoreRecord(ctx, definition, params.id, own))
    },
  })
  for (const operation of [operations.timeline, operations.activities])
    api.route(operation, {
      allow: read,
      read: (ctx, { params, query }) => readTimeline(ctx, at(ctx.actor, params), params.id, query),
    })
  api.route(operations.logActivity, {
    allow: update,
    run: (ctx, { params, body }) => logActivity(ctx, at(ctx.actor, params), params.id, body),
  })
}
