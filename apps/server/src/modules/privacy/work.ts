/** The job behind a request. It may run again after a crash: an export is written anew, an erasure finds nothing left. */
import { Readable } from 'node:stream'
import { systemActor, type Actor } from '../../platform/actor.ts'
import type { PersonalData } from '../../platform/personal-data/index.ts'
import { forgetRecipients } from '../../platform/mail/index.ts'
import { Problem } from '../../platform/problems.ts'
import { writeArchive, type Storage } from '../../platform/storage/index.ts'
import type { Ctx, Tenancy } from '../../platform/tenancy.ts'
import { erasePerson } from './erase-person.ts'
import { describeOrganization, openTables } from './export-organization.ts'
import { collectPerson, personPage } from './export-person.ts'
import { personOf } from './person.ts'
import { lockRequest, moveRequest, type RequestRow } from './requests.ts'
import { insertTransfer } from './transfers.ts'

export type Parts = {
  tenancy: Pick<Tenancy, 'inTenant' | 'inSystem'>
  storage: Storage
  sources: readonly PersonalData[]
  /** The member's actor with the permissions of this moment; null when no longer a member. */
  actorOf: (user_id: string, organization_id: string) => Promise<Actor | null>
  /** Has the file of the request removed when its days are over. */
  expire: (ctx: Ctx, id: string) => Promise<void>
}
type Job = { organization_id: string; user_id: string | null; request_id: string }

/** Days that an exported file can be fetched. */
export const file_days = 7

export async function workOnRequest(
  parts: Parts,
  { organization_id, user_id, request_id }: Job,
): Promise<void> {
  const actor = (user_id && (await parts.actorOf(user_id, organization_id))) || systemActor(organization_id)
  try {
    const begun = await parts.tenancy.inTenant(actor, (ctx) => begin(ctx, request_id))
    if (!begun) return
    if (begun.kind === 'person_erasure') await forgetMails(parts, actor, begun)
    await parts.tenancy.inTenant(actor, async (ctx) => {
      const request = await lockRequest(ctx, request_id)
      if (request?.state === 'running') await finish(ctx, parts, request)
    })
  } catch (error) {
    if (!(error instanceof Problem)) throw error // the queue tries again
    const problem = error.message
    await parts.tenancy.inTenant(actor, (ctx) => moveRequest(ctx, request_id, { state: 'failed', problem }))
  }
}

/** When the queue tries no more: an erasure is whole or has not happened. */
export const giveUpRequest = ({ tenancy }: Pick<Parts, 'tenancy'>, organization_id: string, id: string) =>
  tenancy.inTenant(systemActor(organization_id), async (ctx) => {
    const request = await lockRequest(ctx, id)
    if (request?.state !== 'queued' && request?.state !== 'running') return
    const problem =
      'It was tried again and again without getting through, and nothing of it was done; the log has the details. Ask for it again.'
    await moveRequest(ctx, id, { state: 'failed', problem })
  })

async function begin(ctx: Ctx, id: string): Promise<RequestRow | null> {
  const request = await lockRequest(ctx, id)
  if (request?.state === 'queued') return moveRequest(ctx, id, { state: 'running' })
  return request?.state === 'running' ? request : null
}

/** Mails belong to no organization: those to the person go, unless the address is that of an account here. */
async function forgetMails({ tenancy }: Parts, actor: Actor, request: RequestRow): Promise<void> {
  const { emails } = await tenancy.inTenant(actor, (ctx) =>
    personOf(ctx, request.object ?? '', request.record_ids),
  )
  await tenancy.inSystem((tx) => forgetRecipients(tx, emails))
}

async function finish(ctx: Ctx, parts: Parts, request: RequestRow): Promise<void> {
  if (request.kind === 'person_erasure') return finishErasure(ctx, parts, request)
  const file_key = `${request.organization_id}/privacy/${request.id}.zip`
  const { result, file_bytes } =
    request.kind === 'person_export'
      ? await exportPerson(ctx, parts, request, file_key)
      : await exportOrganization(ctx, parts, request, file_key)
  const done = Object.values(result).reduce((sum, count) => sum + count, 0)
  const kind = request.kind === 'person_export' ? 'person_export' : 'organization_export'
  await insertTransfer(ctx, {
    kind,
    recipient: ctx.actor.name,
    purpose: request.reason,
    records: done,
    request_id: request.id,
    categories: Object.keys(result),
  })
  await moveRequest(ctx, request.id, { state: 'completed', done, result, file_key, file_bytes, file_days })
  await parts.expire(ctx, request.id)
}

async function finishErasure(ctx: Ctx, parts: Parts, request: RequestRow): Promise<void> {
  const person = await personOf(ctx, request.object ?? '', request.record_ids)
  const result = await erasePerson(ctx, parts, person)
  const done = Object.values(result).reduce((sum, count) => sum + count, 0)
  await moveRequest(ctx, request.id, { state: 'completed', done, result })
}

async function exportPerson(ctx: Ctx, { sources, storage }: Parts, request: RequestRow, file_key: string) {
  const person = await personOf(ctx, request.object ?? '', request.record_ids)
  const { tables, counts } = await collectPerson(ctx, sources, person)
  const { organization } = (await describeOrganization(ctx)) as { organization: { name: string } }
  const made_at = new Date().toISOString()
  const file_bytes = await writeArchive(storage, file_key, [
    {
      name: 'data.json',
      content: Readable.from([
        JSON.stringify({ organization: organization.name, made_at, ...tables }, null, 2),
      ]),
    },
    { name: 'data.html', content: Readable.from([personPage(organization.name, made_at, tables)]) },
  ])
  return { result: counts, file_bytes }
}

async function exportOrganization(ctx: Ctx, { storage }: Parts, _request: RequestRow, file_key: string) {
  const about = await describeOrganization(ctx)
  const { tables, counts } = await openTables(ctx)
  const file_bytes = await writeArchive(storage, file_key, [
    { name: 'organization.json', content: Readable.from([JSON.stringify(about, null, 2)]) },
    ...tables.map(({ name, content }) => ({ name: `${name}.jsonl`, content })),
  ])
  return { result: counts, file_bytes }
}
