/** HTTP of privacy: consents, requests of persons, retention, transfers, and the export of the organization. */
import { operations } from '@rapport/contracts'
import { sql } from 'kysely'
import { systemActor, type Actor } from '../../platform/actor.ts'
import { decodeCursor, encodeCursor } from '../../platform/lists/index.ts'
import type { Module } from '../../platform/platform.ts'
import { conflict, notFound, permissionMissing } from '../../platform/problems.ts'
import type { Ctx } from '../../platform/tenancy.ts'
import { listConsents, recordConsent } from './consents.ts'
import { findPersonRecords, personOf } from './person.ts'
import { updatersOfAny } from './person-records.ts'
import { getRequest, insertRequest, presentRequest, removeFile, type RequestRow } from './requests.ts'
import { keepRetention, listRules, setRules } from './retention.ts'
import { personalDataSources as sources } from './sources.ts'
import { insertTransfer, listTransfers } from './transfers.ts'
import { giveUpRequest, file_days, workOnRequest } from './work.ts'

type Options = {
  actorOf: (user_id: string, organization_id: string) => Promise<Actor | null>
}
const jobKind = 'privacy.request'
const expiryKind = 'privacy.expire-file'

export function privacyModule({ actorOf }: Options): Module {
  return ({ api, tenancy, jobs, storage, log }) => {
    const { privacy } = operations

    api.route(privacy.consents, {
      allow: 'privacy:read',
      run: async (ctx, { query }) => ({
        items: await listConsents(ctx, query),
        next_cursor: null,
      }),
    })
    api.route(privacy.recordConsent, {
      allow: updatersOfAny,
      run: (ctx, { body }) => recordConsent(ctx, body),
    })
    api.route(privacy.findPerson, {
      allow: 'privacy:manage',
      run: async (ctx, { body }) => ({ items: await findPersonRecords(ctx, body) }),
    })

    api.route(privacy.requests, {
      allow: 'privacy:manage',
      run: (ctx, { query }) => listRequests(ctx, query),
    })
    api.route(privacy.request, {
      allow: 'privacy:manage',
      run: async (ctx, { params }) => presentRequest(await getRequest(ctx, params.id)),
    })
    api.route(privacy.createRequest, {
      allow: 'privacy:manage',
      async run(ctx, { body }) {
        await personOf(ctx, body.object, body.record_ids) // all of them must be there
        return queue(ctx, body)
      },
    })
    api.route(privacy.exportOrganization, {
      allow: 'organization:export',
      run: (ctx, { body }) => queue(ctx, { kind: 'organization_export', reason: body.reason }),
    })
    async function queue(ctx: Ctx, given: Parameters<typeof insertRequest>[1]) {
      const request = await insertRequest(ctx, given)
      await jobs.enqueue(ctx, jobKind, { request_id: request.id })
      return presentRequest(request)
    }

    api.route(privacy.requestFile, {
      allow: 'privacy:manage',
      async handle({ actor, inTenant, reply }, { params }) {
        const request = await inTenant(actor, (ctx) => getRequest(ctx, params.id))
        // It holds everything, not one person: whoever may not ask for it may not fetch it either.
        if (request.kind === 'organization_export' && !actor.grants['organization:export'])
          throw permissionMissing(actor, 'organization:export')
        const key = fetchable(request)
        void reply
          .header('content-type', 'application/zip')
          .header('content-disposition', `attachment; filename="${request.kind}-${request.id}.zip"`)
          .header('x-content-type-options', 'nosniff')
          .header('cache-control', 'no-store')
        await reply.send(storage.read(key))
        return undefined
      },
    })

    api.route(privacy.retentionRules, {
      allow: 'privacy:read',
      run: async (ctx) => ({ items: await listRules(ctx), next_cursor: null }),
    })
    api.route(privacy.setRetentionRules, {
      allow: 'privacy:manage',
      run: async (ctx, { body }) => ({ items: await setRules(ctx, body.rules), next_cursor: null }),
    })
    api.route(privacy.transfers, {
      allow: 'privacy:manage',
      run: (ctx, { query }) => listTransfers(ctx, query),
    })
    api.route(privacy.recordTransfer, {
      allow: 'privacy:manage',
      run: (ctx, { body }) => insertTransfer(ctx, body),
    })

    jobs.work(
      jobKind,
      async ({ organization_id, user_id, request_id }) => {
        if (request_id == null) return log.error({ organization_id }, 'a privacy job names no request')
        const expire = (ctx: Ctx, id: string) =>
          jobs.enqueue(ctx, expiryKind, { request_id: id }, { after_s: file_days * 86_400 })
        await workOnRequest(
          { tenancy, storage, sources, actorOf, expire },
          { organization_id, user_id, request_id },
        )
      },
      {
        giveUp: async ({ organization_id, request_id }) => {
          if (request_id != null) await giveUpRequest({ tenancy }, organization_id, request_id)
        },
      },
    )
    jobs.schedule('privacy.retention', '47 2 * * *', () => keepRetention({ tenancy, storage, sources }))
    jobs.work(expiryKind, async ({ organization_id, request_id }) => {
      if (request_id == null) return log.error({ organization_id }, 'an expiry job names no request')
      await tenancy.inTenant(systemActor(organization_id), (ctx) => removeFile(ctx, storage, request_id))
    })
  }
}

function fetchable({ id, state, file_key, file_expires_at }: RequestRow): string {
  if (state === 'queued' || state === 'running')
    throw conflict('not_ready', 'The file is still being made; ask again in a moment.')
  if (file_key === null || file_expires_at === null || Date.parse(file_expires_at) < Date.now())
    throw notFound('file', id)
  return file_key
}

const order = 'privacy-requests:-created_at,-id'

async function listRequests(
  { tx, actor }: Ctx,
  { limit, cursor }: { limit: number; cursor?: string | undefined },
) {
  const [created_at, id] = cursor === undefined ? [] : decodeCursor(order, ['timestamptz', 'uuid'], cursor)
  let query = tx
    .selectFrom('privacy_requests')
    .selectAll()
    .select(sql<string>`json_build_array(created_at::text, id::text)::text`.as('keys'))
    .where('organization_id', '=', actor.organization_id)
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit + 1)
  if (created_at !== undefined)
    query = query.where(sql<boolean>`(created_at, id) < (${created_at}::timestamptz, ${id}::uuid)`)
  const rows = await query.execute()
  const shown = rows.slice(0, limit)
  const last = rows.length > limit ? shown.at(-1)?.keys : undefined
  return {
    items: shown.map(({ keys: _, ...row }) => presentRequest(row)),
    next_cursor: last === undefined ? null : encodeCursor(order, last),
  }
}
