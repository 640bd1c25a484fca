/** All of a channel as lines of JSON, page by page, so that its length does not matter. */
import { sql } from 'kysely'
import type { Actor } from '../../platform/actor.ts'
import type { Tenancy } from '../../platform/tenancy.ts'
import { requireChannel, requireRight } from './access.ts'
import { selectMessages } from './message-rows.ts'
import { presentMessages } from './present-message.ts'

const rowsAtOnce = 500

type Parts = { tenancy: Pick<Tenancy, 'inTenant'>; actor: Actor }

/** Refused before anything is sent; that it was taken out is told in the audit log. */
export async function beginExport(
  { tenancy, actor }: Parts,
  id: string,
): Promise<AsyncGenerator<string, void, void>> {
  await tenancy.inTenant(actor, async (ctx) => {
    const channel = await requireChannel(ctx, id)
    requireRight(actor, channel, 'moderate')
    ctx.audit({
      action: 'chat.channel_exported',
      object: 'chat_channel',
      record_id: id,
      record_name: channel.name,
    })
  })
  return writeLines({ tenancy, actor }, id)
}

async function* writeLines(
  { tenancy, actor }: Parts,
  channel_id: string,
): AsyncGenerator<string, void, void> {
  let after = 0
  for (;;) {
    const messages = await tenancy.inTenant(actor, async (ctx) => {
      const channel = await requireChannel(ctx, channel_id)
      const next = sql`x.channel_id = ${channel.id}::uuid AND x.seq > ${after} ORDER BY x.seq LIMIT ${rowsAtOnce}`
      return presentMessages(ctx, (await selectMessages(ctx, next).execute(ctx.tx)).rows)
    })
    if (messages.length > 0) yield messages.map((message) => `${JSON.stringify(message)}\n`).join('')
    after = messages.at(-1)?.seq ?? after
    if (messages.length < rowsAtOnce) return
  }
}
