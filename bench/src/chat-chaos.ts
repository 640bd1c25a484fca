/**
 * Members who talk while their connections break and the server is killed: `node bench/src/chat-chaos.ts --rounds 10`;
 * with `--processes 2` one of two that share a database and a Redis, while the other goes on.
 * No acknowledged message may be lost or doubled, nobody may be told an event twice or out of order, and at the end every
 * screen has the history that the database has: texts, edits, deletions and reactions.
 */
import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import type { ChatMessage } from '@rapport/contracts'
import { openCrew, type Crew, type Mover } from './board-storm/crew.ts'
import { untilAnswered } from './chaos/account.ts'
import { openHouse, type House } from './chat-chaos/house.ts'
import { openHistory, type History } from './chat-chaos/history.ts'

const { values: options } = parseArgs({
  options: {
    rounds: { type: 'string', default: '10' },
    members: { type: 'string', default: '20' },
    processes: { type: 'string', default: '1' },
  },
})
const rounds = Number(options.rounds)
const members = Number(options.members)
const patience_ms = 60_000

type Scene = { house: House; crew: Crew; channel_id: string; histories: History[] }
type Tally = { sent: Map<string, string>; resent: number; stop: boolean }

async function main(): Promise<boolean> {
  const house = await openHouse(Number(options.processes))
  try {
    const crew = await openCrew(house.url, members)
    const [owner] = crew.movers
    if (!owner) throw new Error('Nobody is there.')
    const { items } = await owner.rapport.members.list({})
    const channel = await owner.rapport.chat.createChannel({
      body: { kind: 'private', name: 'Under fire', member_ids: items.map(({ user_id }) => user_id) },
    })
    const open = (mover: Mover) => openHistory(house.url, crew.organization_id, channel.id, mover)
    const histories = await Promise.all(crew.movers.map(open))
    const scene = { house, crew, channel_id: channel.id, histories }
    const tally: Tally = { sent: new Map(), resent: 0, stop: false }
    const talking = crew.movers.map((mover, place) => talk(scene, mover, place, tally))
    const breaking = breakConnections(histories, tally)
    for (let round = 0; round < rounds; round += 1) {
      await sleep(300 + Math.random() * 700)
      await house.killOne()
      await until(() => histories.filter((history) => history.isLive()).length > members / 2)
    }
    tally.stop = true
    await Promise.all([...talking, breaking])
    return await judge(scene, tally)
  } finally {
    await house.remove()
  }
}

/** Writes, and now and then rewrites, deletes and reacts; what met a dead server is sent again under the same id. */
async function talk({ channel_id }: Scene, { rapport }: Mover, place: number, tally: Tally): Promise<void> {
  const own: string[] = []
  for (let count = 0; !tally.stop; count += 1) {
    const client_id = `${place}-${count}`
    let attempts = 0
    const message = await untilAnswered(() => {
      attempts += 1
      return rapport.chat.post({
        params: { id: channel_id },
        body: { client_id, body: `${place} says ${count}` },
      })
    })
    if (attempts > 1) tally.resent += 1
    tally.sent.set(client_id, message.id)
    own.push(message.id)
    const some = own[Math.floor(Math.random() * own.length)] ?? message.id
    const what = Math.random()
    if (what < 0.2)
      await attempt(() =>
        rapport.chat.edit({ params: { id: some }, body: { body: `${place} corrects ${count}` } }),
      )
    else if (what < 0.3) await attempt(() => rapport.chat.remove({ params: { id: some } }))
    else if (what < 0.5) await attempt(() => rapport.chat.react({ params: { id: some, emoji: '👍' } }))
    await sleep(Math.random() * 400)
  }
}

/** A deleted message takes no more: that refusal is an answer, too. */
async function attempt(work: () => Promise<unknown>): Promise<void> {
  try {
    await untilAnswered(work)
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'message_deleted')) throw error
  }
}

async function breakConnections(histories: readonly History[], tally: Tally): Promise<void> {
  while (!tally.stop) {
    await sleep(50 + Math.random() * 100)
    histories[Math.floor(Math.random() * histories.length)]?.drop()
  }
}

async function judge({ house, crew, channel_id, histories }: Scene, tally: Tally): Promise<boolean> {
  const client = await house.connect()
  try {
    await client.query("SELECT set_config('rapport.organization_id', $1, false)", [crew.organization_id])
    const { rows: head } = await client.query<{ seq: string }>(
      'SELECT seq FROM event_heads WHERE organization_id = $1',
      [crew.organization_id],
    )
    await until(() =>
      histories.every((history) => history.isLive() && history.position() >= Number(head[0]?.seq)),
    )
    const { rows } = await client.query<Stored>(
      `SELECT x.id, x.seq, x.client_id, x.text, x.version, x.deleted_at IS NOT NULL AS deleted,
        (SELECT count(*)::int FROM chat_reactions r WHERE r.organization_id = x.organization_id AND r.message_id = x.id) AS reactions
       FROM chat_messages x WHERE x.organization_id = $1 AND x.channel_id = $2 ORDER BY x.seq`,
      [crew.organization_id, channel_id],
    )
    const stored = rows.map(lineOf).join('\n')
    const different = histories.filter(({ messages }) => told(messages) !== stored).length
    const ids = new Map(rows.map((row) => [row.client_id, row.id]))
    const seen = histories.map((history) => history.seen())
    const sum = (pick: (one: (typeof seen)[number]) => number) =>
      seen.reduce((total, one) => total + pick(one), 0)
    const outcome = {
      processes: options.processes,
      rounds,
      members,
      messages: rows.length,
      lost: [...tally.sent].filter(([client_id, id]) => ids.get(client_id) !== id).length,
      doubled: rows.length - ids.size,
      gaps: rows.filter(({ seq }, index) => seq !== index + 1).length,
      resent: tally.resent,
      events: sum(({ events }) => events),
      repeated: sum(({ repeated }) => repeated),
      disordered: sum(({ disordered }) => disordered),
      connections: sum(({ connections }) => connections),
      refetches: sum(({ refetches }) => refetches),
      different,
    }
    console.log(JSON.stringify(outcome))
    return (
      outcome.lost + outcome.doubled + outcome.gaps + outcome.repeated + outcome.disordered + different === 0
    )
  } finally {
    await client.end()
    for (const history of histories) history.close()
  }
}

type Stored = {
  id: string
  seq: number
  client_id: string
  text: string
  version: number
  deleted: boolean
  reactions: number
}

const lineOf = ({ id, seq, text, version, deleted, reactions }: Omit<Stored, 'client_id'>) =>
  JSON.stringify([seq, id, version, deleted, text, reactions])

const told = (messages: ReadonlyMap<string, ChatMessage>): string =>
  [...messages.values()]
    .toSorted((one, other) => one.seq - other.seq)
    .map((message) =>
      lineOf({
        ...message,
        deleted: message.deleted_at !== null,
        reactions: message.reactions.reduce((total, { user_ids }) => total + user_ids.length, 0),
      }),
    )
    .join('\n')

async function until(holds: () => boolean): Promise<void> {
  const end = Date.now() + patience_ms
  while (!holds()) {
    if (Date.now() > end) throw new Error(`It did not come to be within ${patience_ms} ms.`)
    await sleep(50)
  }
}

process.exit((await main()) ? 0 : 1)
