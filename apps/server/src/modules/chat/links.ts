/**
 * What the pages behind links call themselves. The server asks them once, through the guarded way out, after the message
 * is sent; screens get text alone and never ask anybody else.
 */
import { nodesOf, type NoteDocument } from '@rapport/contracts'
import { sql } from 'kysely'
import { systemActor } from '../../platform/actor.ts'
import { OutgoingError, type GuardedFetch } from '../../platform/guarded-fetch/index.ts'
import type { JobData, Jobs } from '../../platform/jobs.ts'
import type { Ctx, Tenancy } from '../../platform/tenancy.ts'
import { findMessage } from './message-rows.ts'
import { readPage, type PageTold } from './page.ts'
import { tellChanged } from './beside.ts'

export const previewLinks = 'chat.links'
const most = 3
const most_bytes = 512 * 1024

export type Previews = Pick<Jobs, 'enqueue'>

/** The addresses of web pages in it, each once. */
export function linksOf(body: NoteDocument): string[] {
  const found: string[] = []
  for (const { text = '', marks = [], type } of nodesOf(body)) {
    const link = marks.find((mark) => mark.type === 'link')?.attrs?.href
    if (link) found.push(link)
    else if (type === 'text' && !marks.some((mark) => mark.type === 'code'))
      found.push(...(text.match(/https:\/\/[^\s<>"']+[^\s<>"'.,;:!?)\]]/gi) ?? []))
  }
  return [
    ...new Set(found.filter((url) => /^https:/i.test(url) && URL.canParse(url) && url.length <= 2_000)),
  ].slice(0, most)
}

export async function wantPreviews(
  ctx: Ctx,
  jobs: Previews,
  message_id: string,
  body: NoteDocument,
): Promise<void> {
  if (linksOf(body).length > 0) await jobs.enqueue(ctx, previewLinks, { message_id })
}

type Parts = { tenancy: Pick<Tenancy, 'inTenant'>; guardedFetch: GuardedFetch }

export async function makePreviews(
  { tenancy, guardedFetch }: Parts,
  { organization_id, message_id }: JobData,
): Promise<void> {
  if (!message_id) return
  const actor = systemActor(organization_id)
  const row = await tenancy.inTenant(actor, (ctx) => findMessage(ctx, message_id))
  if (!row?.body) return
  const told = await Promise.all(linksOf(row.body).map((url) => askPage(guardedFetch, url)))
  await tenancy.inTenant(actor, (ctx) =>
    keepLinks(
      ctx,
      message_id,
      told.filter((page) => page !== null),
    ),
  )
}

/** Null where nobody answers, or nothing that has a title: then there is no preview, and the link stays as it is. */
async function askPage(ask: GuardedFetch, url: string): Promise<(PageTold & { url: string }) | null> {
  try {
    const answer = await ask(url, { headers: { accept: 'text/html' }, max_bytes: most_bytes })
    const told =
      answer.status === 200 && /html/i.test(answer.headers['content-type'] ?? '')
        ? readPage(answer.body)
        : null
    return told && { url, ...told, site: told.site || new URL(url).hostname }
  } catch (error) {
    if (error instanceof OutgoingError) return null
    throw error
  }
}

async function keepLinks(
  ctx: Ctx,
  message_id: string,
  links: readonly (PageTold & { url: string })[],
): Promise<void> {
  const org = sql`${ctx.actor.organization_id}::uuid`
  const row = await findMessage(ctx, message_id, sql`FOR NO KEY UPDATE OF x`)
  if (!row?.body) return
  // It may have been rewritten meanwhile; then another job is on its way.
  const wanted = linksOf(row.body)
  const { numAffectedRows: gone } =
    await sql`DELETE FROM chat_links WHERE organization_id = ${org} AND message_id = ${message_id}::uuid`.execute(
      ctx.tx,
    )
  const kept = links.filter(({ url }) => wanted.includes(url))
  for (const [place, { url, title, description, site }] of kept.entries())
    await sql`
      INSERT INTO chat_links (organization_id, message_id, url, title, description, site, place)
      VALUES (${org}, ${message_id}::uuid, ${url}, ${title}, ${description}, ${site}, ${place})`.execute(
      ctx.tx,
    )
  if (kept.length === 0 && Number(gone ?? 0) === 0) return
  await tellChanged(ctx, message_id)
}
