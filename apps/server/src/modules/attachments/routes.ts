import { operations } from '@rapport/contracts'
import type { Allowed } from '../../platform/http/route.ts'
import type { Module } from '../../platform/platform.ts'
import { changersOfAny, readersOfAny } from '../records/index.ts'
import { sendContent, sendPreview } from './content.ts'
import { describeFoundFiles } from './found.ts'
import { makePreview, previewKind } from './preview.ts'
import { receivePiece } from './receive.ts'
import { countKept } from './repository.ts'
import {
  announceFile,
  announceVersion,
  readAttachment,
  readAttachmentsOf,
  renameAttachment,
  restore,
  trash,
} from './service.ts'
import { sweep, sweeper } from './sweep.ts'

/** Comes after the modules of all kinds of records. */
export const attachmentsModule: Module = (platform) => {
  const { api, alarms, jobs, storage, environment } = platform
  const { attachments } = operations
  const { largestFile } = environment
  // Files belong to records and to channels; which one it is, each is asked then.
  const reading: Allowed = [...readersOfAny(), 'chat:read']
  const writing: Allowed = [...changersOfAny(), 'chat:write']
  jobs.work(previewKind, (data) => makePreview(platform, data))
  describeFoundFiles()
  alarms.on(sweeper, (ctx) => sweep(ctx, storage))

  api.route(attachments.list, { allow: reading, run: (ctx, { query }) => readAttachmentsOf(ctx, query) })
  api.route(attachments.usage, {
    allow: reading,
    run: async (ctx) => ({ ...(await countKept(ctx)), largest_file: largestFile }),
  })
  api.route(attachments.get, { allow: reading, run: (ctx, { params }) => readAttachment(ctx, params.id) })
  api.route(attachments.create, {
    allow: writing,
    run: async (ctx, { body }) => {
      await alarms.set(ctx, sweeper, new Date(Date.now() + 3_600_000).toISOString())
      return announceFile(ctx, body, largestFile)
    },
  })
  api.route(attachments.announce, {
    allow: writing,
    run: (ctx, { params, body }) => announceVersion(ctx, params.id, body.size, largestFile),
  })
  api.route(attachments.send, {
    allow: writing,
    handle: ({ request, actor }, { params }) => receivePiece(platform, actor, params.id, request),
  })
  api.route(attachments.update, {
    allow: writing,
    run: (ctx, { params, body }) => renameAttachment(ctx, params.id, body.name),
  })
  api.route(attachments.remove, {
    allow: writing,
    run: async (ctx, { params }) => {
      await trash(ctx, params.id)
      return undefined
    },
  })
  api.route(attachments.restore, { allow: writing, run: (ctx, { params }) => restore(ctx, params.id) })
  api.route(attachments.content, {
    allow: reading,
    handle: (ctx, { params }) => sendContent({ ...ctx, storage }, params),
  })
  api.route(attachments.preview, {
    allow: reading,
    handle: (ctx, { params, query }) => sendPreview({ ...ctx, storage }, params, query.size),
  })
}
