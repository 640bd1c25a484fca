import { operations } from '@rapport/contracts'
import { findRecords } from '../../platform/lists/index.ts'
import type { Module } from '../../platform/platform.ts'
import { listTags, readUsage } from './repository.ts'
import { createTag, deleteTag, mergeTags, presentTag, updateTag } from './service.ts'

export const tagsModule: Module = ({ api }) => {
  const { tags } = operations

  api.route(tags.list, {
    allow: 'tags:read',
    run: async (ctx) => ({ items: (await listTags(ctx)).map(presentTag), next_cursor: null }),
  })
  api.route(tags.create, { allow: 'tags:create', run: (ctx, { body }) => createTag(ctx, body) })
  api.route(tags.usage, {
    allow: 'tags:manage',
    run: async (ctx) => {
      const items = await readUsage(ctx)
      return { items: items.filter(({ object }) => findRecords(object, ctx.actor)), next_cursor: null }
    },
  })
  api.route(tags.update, {
    allow: 'tags:manage',
    run: (ctx, { params, body }) =>
      updateTag(ctx, params.id, { ...body, version: body.version ?? ctx.if_match }),
  })
  api.route(tags.remove, { allow: 'tags:manage', run: (ctx, { params }) => deleteTag(ctx, params.id) })
  api.route(tags.merge, { allow: 'tags:manage', run: (ctx, { body }) => mergeTags(ctx, body) })
}
