/** Compares what was acknowledged and what every client knows with what the database holds. */
import { setTimeout as sleep } from 'node:timers/promises'
import type { Pipeline } from '@rapport/contracts'
import type pg from 'pg'
import { readBoard, type ClientBoard } from './board.ts'
import type { Crew } from './crew.ts'

export type Acknowledged = { id: string; stage_id: string; version: number }
export type Verdict = {
  events: number
  /** Acknowledged moves without their event, and cards that did not end where the last of them put them. */
  lost: number
  /** Two moves that were both told to have made the same version, and events that a client was told twice. */
  doubled: number
  /** Events that some client was not told, or out of order. */
  missing: number
  /** Clients that, by events alone, know other cards, stages or versions than the database. */
  clients_that_differ: number
  /** Clients whose board, read again, is in another order than the database. */
  boards_that_differ: number
}
type Stored = { id: string; stage_id: string; version: number }

export async function judge(
  client: pg.Client,
  { organization_id, pipeline, movers }: Crew,
  boards: readonly ClientBoard[],
  acknowledged: readonly Acknowledged[],
): Promise<Verdict> {
  await client.query("SELECT set_config('rapport.organization_id', $1, false)", [organization_id])
  const stored = await readStored(client, organization_id, pipeline)
  const { rows: events } = await client.query<{
    seq: string
    record_id: string
    version: number
    stage_id: string
  }>(
    `SELECT seq, record_id, record_version AS version, data->>'stage_id' AS stage_id FROM events
     WHERE organization_id = $1 AND type = 'lead.stage_changed' ORDER BY seq`,
    [organization_id],
  )
  await untilTold(boards, Math.max(0, ...events.map(({ seq }) => Number(seq))))
  const nameOf = (id: string, version: number, stage_id: string) => `${id} ${version} ${stage_id}`
  const moved = new Set(events.map((event) => nameOf(event.record_id, event.version, event.stage_id)))
  const made = new Set(acknowledged.map(({ id, version }) => `${id} ${version}`))
  const last = new Map<string, Acknowledged>()
  for (const move of acknowledged)
    if (move.version > (last.get(move.id)?.version ?? 0)) last.set(move.id, move)
  const byId = new Map(stored.map((card) => [card.id, card]))
  const order = stored.map(({ id }) => id).join()
  let boards_that_differ = 0
  for (const mover of movers)
    if ((await readBoard(mover, pipeline)).map(({ id }) => id).join() !== order) boards_that_differ += 1
  return {
    events: events.length,
    lost:
      acknowledged.filter(({ id, version, stage_id }) => !moved.has(nameOf(id, version, stage_id))).length +
      [...last.values()].filter(({ id, stage_id, version }) => !isSame(byId.get(id), { stage_id, version }))
        .length,
    doubled: acknowledged.length - made.size + sum(boards, ({ told }) => told.length - new Set(told).size),
    missing: sum(boards, ({ told }) => {
      const known = new Set(told)
      const unordered = told.filter((seq, at) => seq < (told[at - 1] ?? 0)).length
      return events.filter(({ seq }) => !known.has(Number(seq))).length + unordered
    }),
    clients_that_differ: boards.filter(({ cards }) =>
      stored.some((card) => !isSame(cards.get(card.id), card)),
    ).length,
    boards_that_differ,
  }
}

export const isClean = ({
  lost,
  doubled,
  missing,
  clients_that_differ,
  boards_that_differ,
}: Verdict): boolean =>
  [lost, doubled, missing, clients_that_differ, boards_that_differ].every((count) => count === 0)

type Placed = { stage_id: string; version: number }
const isSame = (one: Placed | undefined, other: Placed) =>
  one?.stage_id === other.stage_id && one.version === other.version

async function readStored(client: pg.Client, organization_id: string, pipeline: Pipeline): Promise<Stored[]> {
  const { rows } = await client.query<Stored>(
    `SELECT l.id, l.stage_id, l.version FROM leads l JOIN stages s ON s.organization_id = l.organization_id AND s.id = l.stage_id
     WHERE l.organization_id = $1 AND l.pipeline_id = $2 AND l.deleted_at IS NULL ORDER BY s.position, l.rank, l.id`,
    [organization_id, pipeline.id],
  )
  return rows
}

const sum = (boards: readonly ClientBoard[], count: (board: ClientBoard) => number): number =>
  boards.reduce((total, board) => total + count(board), 0)

async function untilTold(boards: readonly ClientBoard[], seq: number): Promise<void> {
  const end = Date.now() + 30_000
  while (boards.some(({ told }) => (told.at(-1) ?? 0) < seq) && Date.now() < end) await sleep(50)
  await sleep(300) // time for one that is told twice
}
