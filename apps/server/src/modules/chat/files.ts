/** Files of a channel: uploaded to it beforehand, sent with a message, read by whoever reads the channel. */
import type { ChatFileQuery } from '@rapport/contracts'
import { sql } from 'kysely'
import { decodeCursor, encodeCursor } from '../../platform/lists/index.ts'
import { invalidField } from '../../platform/problems.ts'
import type { Ctx } from '../../platform/tenancy.ts'
import { holdFiles, purgeFiles, type FilePlace } from '../attachments/index.ts'
import { lockChannel, requireChannel, requireRight, rightsIn, type Channel } from './access.ts'
import { findAnyChannel, tellChanged } from './beside.ts'
import type { Context } from './channel-rows.ts'
import { selectMessages } from './message-rows.ts'
import { presentMessages } from './present-message.ts'

/** Files of a channel are announced and sent as those of a record, under this object. */
const channelObject = 'chat_channel'

/** Files belong to channels as they do to records: who may write in one may send files to it. */
export const holdChannelFiles = (): void =>
  holdFiles(channelObject, {
    read: async (ctx, id) => placeOf(ctx, await requireChannel(ctx, id)),
    async lock(ctx, id) {
      const channel = await lockChannel(ctx, id)
      requireRight(ctx.actor, channel, 'post')
      return placeOf(ctx, channel)
    },
    async find(ctx, id) {
      const channel = await findAnyChannel(ctx, id)
      return channel && placeOf(ctx, channel)
    },
  })

/** What is sent is told with its message; by itself it is neither on a timeline nor found by the search over everything. */
function placeOf({ actor }: Context, channel: Channel): FilePlace {
  const { post, moderate } = rightsIn(actor, channel)
  return {
    id: channel.id,
    mayWrite: post,
    mayTidy: (author_id) => (author_id !== null && author_id === actor.user_id) || moderate,
    tell: tellOfFile,
    index: async () => undefined,
  }
}

async function tellOfFile(ctx: Ctx, { id }: { id: string }): Promise<void> {
  const { rows } = await sql<{ message_id: string }>`
    SELECT message_id FROM chat_files WHERE organization_id = ${ctx.actor.organization_id}::uuid AND attachment_id = ${id}::uuid`.execute(
    ctx.tx,
  )
  for (const { message_id } of rows) await tellChanged(ctx, message_id)
}

export async function attachFiles(
  ctx: Ctx,
  channel: Channel,
  message_id: string,
  ids: readonly string[],
): Promise<void> {
  const org = sql`${ctx.actor.organization_id}::uuid`
  const { numAffectedRows } = await sql`
    INSERT INTO chat_files (organization_id, message_id, attachment_id, channel_id, place)
    SELECT ${org}, ${message_id}::uuid, a.id, ${channel.id}::uuid, given.place
    FROM unnest(${[...new Set(ids)]}::uuid[]) WITH ORDINALITY AS given (id, place)
    JOIN attachments a ON a.organization_id = ${org} AND a.id = given.id
    WHERE a.object = ${channelObject} AND a.record_id = ${channel.id}::uuid AND a.created_by = ${ctx.actor.user_id}::uuid
      AND a.current > 0 AND a.deleted_at IS NULL AND a.purged_at IS NULL
      AND NOT EXISTS (SELECT FROM chat_files f WHERE f.organization_id = ${org} AND f.attachment_id = a.id)`.execute(
    ctx.tx,
  )
  if (Number(numAffectedRows ?? 0) < new Set(ids).size)
    throw invalidField(
      'attachment_ids',
      'unknown_record',
      'must be files that you have sent to this channel, each once',
    )
}

/** What a deleted message brought along goes with it. */
export async function dropFiles(ctx: Ctx, message_id: string): Promise<void> {
  const { rows } = await sql<{ attachment_id: string }>`
    DELETE FROM chat_files WHERE organization_id = ${ctx.actor.organization_id}::uuid AND message_id = ${message_id}::uuid
    RETURNING attachment_id`.execute(ctx.tx)
  await purgeFiles(
    ctx,
    rows.map((row) => row.attachment_id),
  )
}

const order = 'chat_files:-attachment_id'

export async function readFiles(ctx: Context, id: string, { limit, cursor }: ChatFileQuery) {
  const channel = await requireChannel(ctx, id)
  const [after = null] = cursor === undefined ? [] : decodeCursor(order, ['uuid'], cursor)
  const org = sql`${ctx.actor.organization_id}::uuid`
  const { rows } = await sql<{ message_id: string; attachment_id: string }>`
    SELECT f.message_id, f.attachment_id FROM chat_files f WHERE f.organization_id = ${org} AND f.channel_id = ${channel.id}::uuid
      ${after === null ? sql`` : sql`AND f.attachment_id < ${after}::uuid`} ORDER BY f.attachment_id DESC LIMIT ${limit + 1}`.execute(
    ctx.tx,
  )
  const page = rows.slice(0, limit)
  const ids = [...new Set(page.map(({ message_id }) => message_id))]
  const messages = await selectMessages(ctx, sql`x.id = ANY(${ids}::uuid[])`).execute(ctx.tx)
  const presented = new Map(
    (await presentMessages(ctx, messages.rows)).map((message) => [message.id, message]),
  )
  const last = rows.length > limit ? page.at(-1) : undefined
  return {
    items: page.flatMap(({ message_id, attachment_id }) => {
      const message = presented.get(message_id)
      const file = message?.files.find((one) => one.id === attachment_id)
      return message && file ? [{ message, file }] : []
    }),
    next_cursor: last ? encodeCursor(order, JSON.stringify([last.attachment_id])) : null,
  }
}
