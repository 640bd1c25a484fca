import { defaultCadence, operations, type FollowedOperations } from '@rapport/contracts'
import type { Module, Platform } from '../../platform/platform.ts'
import { queryBuilder } from '../../platform/kysely.ts'
import { changers, followedKinds, readers, type Followed } from './followed.ts'
import { handOver } from './hand-over.ts'
import { listFollowUps, listOfRecord, readToday } from './read.ts'
import { remind, reminder } from './reminders.ts'
import { cadenceQuery, readCadence } from './repository.ts'
import { setCadence } from './cadence.ts'
import { changeFollowUp, planFollowUp } from './service.ts'

export const followUpsModule: Module = (platform) => {
  const { api, alarms, events } = platform
  const { followUps, today, leadFollowUps, contactFollowUps, dealFollowUps } = operations
  alarms.on(reminder, remind)
  events.subscribe(handOver)
  routeFollowed(platform, followedKinds.lead, leadFollowUps)
  routeFollowed(platform, followedKinds.contact, contactFollowUps)
  routeFollowed(platform, followedKinds.deal, dealFollowUps)

  api.route(followUps.list, { allow: readers, read: (ctx, { query }) => listFollowUps(ctx, query) })
  api.route(followUps.update, {
    allow: changers,
    run: (ctx, { params, body: { version = ctx.if_match, ...wanted } }) =>
      changeFollowUp(ctx, alarms, params.id, { ...wanted, version }),
  })
  api.route(followUps.cadence, {
    allow: readers,
    read: async ({ actor, read }) =>
      (await read(cadenceQuery(actor.organization_id).compile(queryBuilder)))[0] ?? defaultCadence,
  })
  api.route(followUps.setCadence, {
    allow: 'organization:update',
    run: async (ctx, { body }) => {
      await setCadence(ctx, body)
      return readCadence(ctx)
    },
  })
  api.route(today.get, { allow: readers, read: (ctx, { query }) => readToday(ctx, query.owner_id) })
}

function routeFollowed(
  { api, alarms }: Pick<Platform, 'api' | 'alarms'>,
  followed: Followed,
  { list, create }: FollowedOperations,
): void {
  const { read, update } = followed.records.permissions
  api.route(list, { allow: read, read: (ctx, { params }) => listOfRecord(ctx, followed, params.id) })
  api.route(create, {
    allow: update,
    run: (ctx, { params, body }) => planFollowUp(ctx, alarms, followed, params.id, body),
  })
}
