/** What notifications are about: whose it is, who follows it, and who may know of it. One statement for each kind. */
import { sql } from 'kysely'
import { mayTouch, type Actor } from '../../platform/actor.ts'
import { belongsClause, recordsOf } from '../../platform/lists/index.ts'
import type { Ctx } from '../../platform/tenancy.ts'
import { kindOf } from '../records/index.ts'

type Context = Pick<Ctx, 'tx' | 'actor'>
export type Named = { object: string; record_id: string | null }

export type Subject = { owner_id: string | null; gone: boolean }
export type Subjects = { find: (named: Named) => Subject | undefined }

const keyOf = ({ object, record_id }: Named) => `${object} ${record_id}`

/** What is no record: whoever asked for it has it, and it is shown to them alone. */
const owned: Readonly<Record<string, string>> = { import: 'imports', job: 'jobs' }
/** Every member may know of these. */
const open: ReadonlySet<string> = new Set(['member', 'account', 'api_key'])
/** Whoever is told was found among those who may read it; later the chat is asked. */
export const channelObject = 'chat_channel'

export const isRecord = (object: string): boolean =>
  !(object in owned) && !open.has(object) && object !== channelObject

export async function readSubjects(ctx: Context, named: readonly Named[]): Promise<Subjects> {
  const found = new Map<string, Subject>()
  for (const [object, some] of Map.groupBy(named, (one) => one.object)) {
    if (open.has(object) || object === channelObject) continue
    const ids = [...new Set(some.flatMap(({ record_id }) => record_id ?? []))]
    for (const { id, ...subject } of await readKind(ctx, object, ids))
      found.set(keyOf({ object, record_id: id }), subject)
  }
  return { find: (one) => found.get(keyOf(one)) }
}

type Row = Subject & { id: string }

async function readKind({ tx, actor }: Context, object: string, ids: string[]): Promise<Row[]> {
  if (ids.length === 0) return []
  const table = owned[object]
  if (table) {
    const { rows } = await sql<Row>`
      SELECT r.id, r.created_by AS owner_id, false AS gone FROM ${sql.table(table)} r
      WHERE r.organization_id = ${actor.organization_id}::uuid AND r.id = ANY(${ids}::uuid[])`.execute(tx)
    return rows
  }
  const records = recordsOf(object)
  const owner = records.fields.has('owner_id') ? sql`r.owner_id` : sql`NULL::uuid`
  const { rows } = await sql<Row>`
    SELECT r.id, ${owner} AS owner_id, r.deleted_at IS NOT NULL AS gone FROM ${sql.table(records.table)} r
    WHERE ${belongsClause(records, actor)} AND r.id = ANY(${ids}::uuid[])`.execute(tx)
  return rows
}

/** Whether the member may know of it now. Of several records at once, only how many is told. */
export function mayKnow(member: Actor, named: Named, subject: Subject | undefined): boolean {
  if (open.has(named.object) || named.object === channelObject) return true
  if (named.record_id === null) return kindOf(named.object, member) !== undefined
  if (!subject || subject.gone) return false
  if (named.object in owned) return subject.owner_id === member.user_id
  const kind = kindOf(named.object, member)
  return kind !== undefined && mayTouch(member, kind.records.permissions.read, subject.owner_id)
}

type Follower = { user_id: string; following: boolean }

/** Who has chosen, or has by what they did come, to follow each record, or not to. */
export async function readFollowers(
  { tx, actor }: Context,
  named: readonly Named[],
): Promise<(one: Named) => Follower[]> {
  const ids = [...new Set(named.flatMap(({ record_id }) => record_id ?? []))]
  if (ids.length === 0) return () => []
  const { rows } = await sql<Follower & Named>`
    SELECT f.user_id, f.following, f.object, f.record_id FROM record_followers f
    WHERE f.organization_id = ${actor.organization_id}::uuid AND f.record_id = ANY(${ids}::uuid[])`.execute(
    tx,
  )
  const byRecord = Map.groupBy(rows, keyOf)
  return (one) => byRecord.get(keyOf(one)) ?? []
}

type Listener = { channel_id: string; user_id: string; direct: boolean }

/** Who is in a channel and has not chosen silence there. */
export async function readListeners(
  { tx, actor }: Context,
  named: readonly Named[],
): Promise<(one: Named, direct: boolean) => string[]> {
  const ids = [...new Set(named.flatMap(({ record_id }) => record_id ?? []))]
  if (ids.length === 0) return () => []
  const { rows } = await sql<Listener>`
    SELECT m.channel_id, m.user_id, c.kind = 'direct' AS direct FROM chat_members m
    JOIN chat_channels c ON c.organization_id = ${actor.organization_id}::uuid AND c.id = m.channel_id
    WHERE m.organization_id = ${actor.organization_id}::uuid AND m.channel_id = ANY(${ids}::uuid[])
      AND NOT m.muted AND m.notify <> 'none' AND (m.notify = 'all' OR c.kind <> 'direct')`.execute(tx)
  const byChannel = Map.groupBy(rows, ({ channel_id }) => channel_id)
  return ({ record_id }, direct) =>
    (byChannel.get(record_id ?? '') ?? [])
      .filter((one) => one.direct || !direct)
      .map(({ user_id }) => user_id)
}
