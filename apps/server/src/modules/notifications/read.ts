/** What somebody was told, as far as they may know it now: what they lost the right to read is not shown to them. */
import {
  mentionTypes,
  type Notification,
  type NotificationGroup,
  type NotificationPage,
  type NotificationQuery,
} from '@rapport/contracts'
import { sql } from 'kysely'
import { decodeCursor, encodeCursor } from '../../platform/lists/index.ts'
import type { Ctx } from '../../platform/tenancy.ts'
import { readableChannels } from '../chat/index.ts'
import { readTitles } from '../records/index.ts'
import { countUnread, listGroups, readNotifications, type Group, type NotificationRow } from './repository.ts'
import { channelObject, isRecord, mayKnow, readSubjects, type Named } from './subjects.ts'

type Context = Pick<Ctx, 'tx' | 'actor'>
const order = 'notifications:-id'
/** More than a badge shows. */
export const mostUnread = 100

export async function readPage(ctx: Context, query: NotificationQuery): Promise<NotificationPage> {
  const [before] = query.cursor === undefined ? [] : decodeCursor(order, ['uuid'], query.cursor)
  const groups = await listGroups(ctx, {
    limit: query.limit + 1,
    before: before ?? null,
    only_unread: query.show === 'unread',
    types: query.show === 'mentions' ? mentionTypes : null,
  })
  const page = groups.slice(0, query.limit)
  const last = groups.length > query.limit ? page.at(-1)?.ids[0] : undefined
  return {
    items: await presentGroups(ctx, page),
    next_cursor: last === undefined ? null : encodeCursor(order, JSON.stringify([last])),
    unread: await readUnread(ctx),
  }
}

export async function readUnread(ctx: Context): Promise<number> {
  const unread = await countUnread(ctx, mostUnread)
  const { knows } = await readKnown(ctx, unread)
  return unread.filter(knows).reduce((sum, { count }) => sum + count, 0)
}

/** What of it the reader may know now; channels by the word of the chat, with their names. */
async function readKnown(ctx: Context, named: readonly Named[]) {
  const subjects = await readSubjects(ctx, named)
  const channels = await readableChannels(
    ctx,
    named.flatMap(({ object, record_id }) =>
      object === channelObject && record_id !== null ? [{ channel_id: record_id }] : [],
    ),
  )
  const knows = (one: Named) =>
    one.object === channelObject
      ? channels.has(one.record_id ?? '')
      : mayKnow(ctx.actor, one, subjects.find(one))
  return { knows, channels }
}

export async function presentGroups(ctx: Context, groups: readonly Group[]): Promise<NotificationGroup[]> {
  const { knows, channels } = await readKnown(ctx, groups)
  const known = groups.filter(knows)
  const recordTitle = await readNames(ctx, known)
  const titleOf = (one: Named) =>
    one.object === channelObject ? (channels.get(one.record_id ?? '')?.name ?? null) : recordTitle(one)
  const rows = await readNotifications(
    ctx,
    known.flatMap(({ ids }) => ids),
  )
  const stageName = await readStages(ctx, rows)
  return known.flatMap((group) => {
    const { object, record_id, count, unread } = group
    const latest = rows.filter(({ id }) => group.ids.includes(id)).map((row) => present(row, stageName))
    return latest.length === 0 ? [] : [{ object, record_id, title: titleOf(group), count, unread, latest }]
  })
}

function present(row: NotificationRow, stageName: (id: unknown) => string | null): Notification {
  const { id, type, actor_id, actor_name, data, created_at, read_at } = row
  const stage = stageName(data['stage_id'])
  return {
    id,
    type,
    actor: actor_id === null ? null : { id: actor_id, name: actor_name ?? 'Rapport' },
    data: stage === null ? data : { ...data, stage },
    created_at,
    read_at,
  }
}

/** As they are called now. */
async function readNames(ctx: Context, named: readonly Named[]): Promise<(one: Named) => string | null> {
  const names = new Map<string, string>()
  const byObject = Map.groupBy(
    named.filter(({ record_id }) => record_id !== null),
    ({ object }) => object,
  )
  for (const [object, some] of byObject) {
    const ids = some.flatMap(({ record_id }) => record_id ?? [])
    const titles = isRecord(object) ? await readTitles(ctx, object, ids) : await readOther(ctx, object, ids)
    for (const { id, title } of titles) names.set(`${object} ${id}`, title)
  }
  return ({ object, record_id }) => names.get(`${object} ${record_id}`) ?? null
}

type Titled = { id: string; title: string }

async function readOther({ tx, actor }: Context, object: string, ids: string[]): Promise<Titled[]> {
  if (object === 'import') {
    const { rows } = await sql<Titled>`
      SELECT id, file_name AS title FROM imports
      WHERE organization_id = ${actor.organization_id}::uuid AND created_by = ${actor.user_id}::uuid AND id = ANY(${ids}::uuid[])`.execute(
      tx,
    )
    return rows
  }
  if (object !== 'member') return []
  const { rows } = await sql<Titled>`
    SELECT u.id, u.full_name AS title FROM memberships m JOIN users u ON u.id = m.user_id
    WHERE m.organization_id = ${actor.organization_id}::uuid AND m.user_id = ANY(${ids}::uuid[])`.execute(tx)
  return rows
}

async function readStages(
  { tx, actor }: Context,
  rows: readonly NotificationRow[],
): Promise<(id: unknown) => string | null> {
  const ids = [...new Set(rows.flatMap(({ data }) => (data['stage_id'] as string | undefined) ?? []))]
  if (ids.length === 0) return () => null
  const stages = await sql<{ id: string; name: string }>`
    SELECT id, name FROM stages WHERE organization_id = ${actor.organization_id}::uuid AND id = ANY(${ids}::uuid[])`.execute(
    tx,
  )
  const names = new Map(stages.rows.map(({ id, name }) => [id, name]))
  return (id) => names.get(String(id)) ?? null
}
