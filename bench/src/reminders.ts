/**
 * Kills the server again and again while a thousand reminders are due: `node bench/src/reminders.ts`. Each must go
 * out exactly once, however the process ends.
 */
import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import type pg from 'pg'
import { openAccount, untilAnswered, type Account } from './chaos/account.ts'
import { ServerUnderFire } from './chaos/server.ts'

const { values: options } = parseArgs({
  options: { reminders: { type: 'string', default: '1000' }, kills: { type: 'string', default: '6' } },
})
const wanted = Number(options.reminders)
const kills = Number(options.kills)
const atOnce = 8
/** They fall due over this time, while the server dies and comes back. */
const spread_ms = 30_000
const longestWait_ms = 60_000

type Counts = { sent: number; repeated: number }

async function main(): Promise<boolean> {
  const server = await ServerUnderFire.create()
  try {
    await server.ensureHealthy()
    const account = await openAccount(server.url)
    const ids = await planAll(account)
    const killed: number[] = []
    for (let kill = 0; kill < kills; kill += 1) {
      await sleep(500 + Math.random() * 1_500)
      await server.kill('server')
      await server.ensureHealthy()
      killed.push((await countSent(server, account)).sent)
    }
    const counts = await untilAllSent(server, account, ids.length)
    console.log(
      `${ids.length} reminders, ${kills} kills (after each, ${killed.join(', ')} had gone out): ` +
        `${counts.sent} sent, ${ids.length - counts.sent} lost, ${counts.repeated} twice`,
    )
    return counts.sent === ids.length && counts.repeated === 0
  } finally {
    await server.remove()
  }
}

/** Three for each lead, the first due when all are planned. */
async function planAll({ rapport }: Account): Promise<string[]> {
  const leads = Math.ceil(wanted / 3)
  const plans = Array.from({ length: wanted }, (_, index) => ({
    lead: index % leads,
    number: 1 + Math.floor(index / leads),
  }))
  const lead_ids = await inLanes(
    Array.from({ length: leads }, (_, index) => index),
    async (index) => {
      const { id } = await rapport.leads.create({ body: { full_name: `Lead ${index}` } })
      return id
    },
  )
  const start = Date.now() + wanted * 25
  const ids = await inLanes(plans, async ({ lead, number }, index) => {
    const due_at = new Date(start + (index / wanted) * spread_ms).toISOString()
    const body = { due_at, channel: 'call', number } as const
    const params = { id: lead_ids[lead] ?? '' }
    const idempotencyKey = randomUUID()
    return (await untilAnswered(() => rapport.leadFollowUps.create({ params, body, idempotencyKey }))).id
  })
  await sleep(Math.max(0, start - Date.now()))
  return ids
}

async function inLanes<Item, Answer>(
  items: readonly Item[],
  work: (item: Item, index: number) => Promise<Answer>,
): Promise<Answer[]> {
  const answers: Answer[] = []
  const entries = items.entries()
  const lane = async () => {
    for (const [index, item] of entries) answers[index] = await work(item, index)
  }
  await Promise.all(Array.from({ length: atOnce }, lane))
  return answers
}

async function untilAllSent(server: ServerUnderFire, account: Account, all: number): Promise<Counts> {
  const end = Date.now() + longestWait_ms
  for (;;) {
    const counts = await countSent(server, account)
    if (counts.sent >= all || Date.now() > end) {
      await sleep(3_000) // time for one that goes out twice
      return countSent(server, account)
    }
    await sleep(250)
  }
}

async function countSent(server: ServerUnderFire, { organization_id }: Account): Promise<Counts> {
  const client: pg.Client = await server.connect()
  try {
    await client.query("SELECT set_config('rapport.organization_id', $1, false)", [organization_id])
    const { rows } = await client.query<Counts>(
      `SELECT count(*)::int AS sent, (coalesce(sum(times), 0) - count(*))::int AS repeated FROM (
         SELECT count(*) AS times FROM events
         WHERE organization_id = $1 AND type = 'follow_up.due' GROUP BY data->>'follow_up_id') reminder`,
      [organization_id],
    )
    return rows[0] ?? { sent: 0, repeated: 0 }
  } finally {
    await client.end()
  }
}

process.exitCode = (await main()) ? 0 : 1
