import { operations } from '@rapport/contracts'
import type { Module } from '../../platform/platform.ts'
import { keepFound } from './found.ts'
import { checkFormula } from './formulas.ts'
import { changeField, createField, getSeenField, listSeenFields, removeField } from './service.ts'

export const customFieldsModule: Module = (platform) => {
  const { api } = platform
  const { customFields } = operations
  keepFound(platform)

  api.route(customFields.list, {
    allow: 'custom_fields:read',
    run: async (ctx, { query }) => ({ items: await listSeenFields(ctx, query.object), next_cursor: null }),
  })

  api.route(customFields.create, {
    allow: 'custom_fields:manage',
    run: (ctx, { body }) => createField(ctx, body),
  })

  api.route(customFields.get, {
    allow: 'custom_fields:read',
    run: (ctx, { params }) => getSeenField(ctx, params.id),
  })

  api.route(customFields.checkFormula, {
    allow: 'custom_fields:manage',
    run: (ctx, { body }) => checkFormula(ctx, body),
  })

  api.route(customFields.update, {
    allow: 'custom_fields:manage',
    run: (ctx, { params, body }) => changeField(ctx, params.id, body),
  })

  api.route(customFields.remove, {
    allow: 'custom_fields:manage',
    run: (ctx, { params }) => removeField(ctx, params.id) as Promise<undefined>,
  })
}
