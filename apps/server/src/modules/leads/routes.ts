import { operations } from '@rapport/contracts'
import type { Module } from '../../platform/platform.ts'
import { routeRecords } from '../records/index.ts'
import { createStaged, insertStaged, routeStaged } from '../staged/index.ts'
import { leads, stagedLeads } from './definition.ts'

export const leadsModule: Module = ({ api }) => {
  routeRecords(api, leads, operations.leads, {
    create: (ctx, given, occasion) => createStaged(ctx, stagedLeads, given, occasion),
    insert: (ctx, given, origin, making) => insertStaged(ctx, stagedLeads, given, origin, making),
  })
  routeStaged(api, stagedLeads, operations.leads.moveStage)
}
