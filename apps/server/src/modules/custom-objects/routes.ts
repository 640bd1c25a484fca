import { operations } from '@rapport/contracts'
import type { Module } from '../../platform/platform.ts'
import { describeTotals, serveRecords } from '../records/index.ts'
import { describeSearched } from '../search/index.ts'
import { customRecords, family, permissions, subtitle } from './definition.ts'
import { objectNotFound } from './problems.ts'
import { changeObject, createObject, getSeenObject, listSeenObjects, removeObject } from './service.ts'

export const customObjectsModule: Module = ({ api }) => {
  const { customObjects } = operations

  api.route(customObjects.list, {
    allow: 'custom_objects:read',
    run: async (ctx) => ({ items: await listSeenObjects(ctx), next_cursor: null }),
  })

  api.route(customObjects.create, {
    allow: 'custom_objects:manage',
    run: (ctx, { body }) => createObject(ctx, body),
  })

  api.route(customObjects.get, {
    allow: 'custom_objects:read',
    run: (ctx, { params }) => getSeenObject(ctx, params.key),
  })

  api.route(customObjects.update, {
    allow: 'custom_objects:manage',
    run: (ctx, { params, body }) => changeObject(ctx, params.key, body),
  })

  api.route(customObjects.remove, {
    allow: 'custom_objects:manage',
    run: (ctx, { params }) => removeObject(ctx, params.key) as Promise<undefined>,
  })

  describeTotals(customRecords(family).records, { value: null, weight: null })
  describeSearched({ family, permission: permissions.read, subtitle })
  serveRecords(api, {
    family,
    permissions,
    operations: operations.customRecords,
    definitionOf: customRecords,
    definitionAt({ own_objects }, params) {
      const { object = '' } = params ?? {}
      if (!own_objects.has(object)) throw objectNotFound(object)
      return customRecords(object)
    },
  })
}
