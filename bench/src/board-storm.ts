/**
 * Members who move the cards of one board at once: `node bench/src/board-storm.ts --members 50 --seconds 60`. No
 * acknowledged move may be lost, no event told twice, and every client ends with the board that the database has.
 */
import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { RapportProblem } from '@rapport/sdk'
import { followBoard, type ClientBoard } from './board-storm/board.ts'
import { openCrew, type Crew, type Mover } from './board-storm/crew.ts'
import { isClean, judge, type Acknowledged } from './board-storm/verdict.ts'
import { ServerUnderFire } from './chaos/server.ts'

const { values: options } = parseArgs({
  options: {
    members: { type: 'string', default: '50' },
    seconds: { type: 'string', default: '60' },
    cards: { type: 'string', default: '200' },
  },
})
const [members, seconds, cards] = [options.members, options.seconds, options.cards].map(Number) as [
  number,
  number,
  number,
]
/** Between two moves of one member, on average. */
const pause_ms = 500

type Tally = { acknowledged: Acknowledged[]; beaten: number; times_ms: number[] }

async function main(): Promise<boolean> {
  const server = await ServerUnderFire.create()
  try {
    await server.ensureHealthy()
    const crew = await openCrew(server.url, members)
    await addCards(crew)
    const boards = await Promise.all(
      crew.movers.map((mover) => followBoard(server.url, crew.organization_id, mover, crew.pipeline)),
    )
    const tally: Tally = { acknowledged: [], beaten: 0, times_ms: [] }
    const until = Date.now() + seconds * 1000
    await Promise.all(crew.movers.map((mover, place) => moveAbout(crew, mover, boards[place], tally, until)))
    const client = await server.connect()
    const verdict = await judge(client, crew, boards, tally.acknowledged).finally(() => client.end())
    for (const board of boards) board.close()
    report(tally, verdict)
    return isClean(verdict)
  } finally {
    await server.remove()
  }
}

async function addCards({ movers: [owner], pipeline }: Crew): Promise<void> {
  for (let card = 0; card < cards; card += 1) {
    const stage_id = pipeline.stages[card % pipeline.stages.length]?.id
    await owner?.rapport.leads.create({ body: { full_name: `Card ${card}`, stage_id } })
  }
}

/** Some card, as this client knows it, goes to some place, as this client sees it. */
async function moveAbout(
  { pipeline }: Crew,
  { rapport }: Mover,
  board: ClientBoard | undefined,
  tally: Tally,
  until: number,
): Promise<void> {
  while (board && Date.now() < until) {
    await sleep(Math.random() * 2 * pause_ms)
    const [id, card] = some([...board.cards]) ?? []
    const stage = some(pipeline.stages)
    if (id === undefined || !card || !stage) continue
    const column = [...board.cards].filter(([other, { stage_id }]) => other !== id && stage_id === stage.id)
    const beside = some(column)?.[0]
    const place =
      beside === undefined ? {} : Math.random() < 0.5 ? { before_id: beside } : { after_id: beside }
    const started = performance.now()
    try {
      const body = { stage_id: stage.id, version: card.version, ...place }
      const moved = await rapport.leads.moveStage({ params: { id }, body })
      tally.times_ms.push(performance.now() - started)
      // A move to where it stands already is none.
      if (moved.version > card.version)
        tally.acknowledged.push({ id, stage_id: moved.stage_id, version: moved.version })
    } catch (error) {
      if (!isBeaten(error)) throw error
      tally.beaten += 1
    }
  }
}

/** Somebody else was first: the card has another version, or the neighbour has left. */
const isBeaten = (error: unknown): boolean =>
  error instanceof RapportProblem && (error.code === 'version_conflict' || error.status === 422)

const some = <Item>(items: readonly Item[]): Item | undefined =>
  items[Math.floor(Math.random() * items.length)]

function report({ acknowledged, beaten, times_ms }: Tally, verdict: Awaited<ReturnType<typeof judge>>): void {
  const sorted = times_ms.toSorted((a, b) => a - b)
  const at = (share: number) => Math.round(sorted[Math.ceil(share * sorted.length) - 1] ?? 0)
  const passed = isClean(verdict)
  console.log(
    `${passed ? 'Passed' : 'FAILED'}: ${members} members for ${seconds} s on ${cards} cards: ${acknowledged.length} moves ` +
      `(p50 ${at(0.5)} ms, p95 ${at(0.95)} ms), ${beaten} beaten by another; ${verdict.lost} lost, ${verdict.doubled} doubled, ` +
      `${verdict.missing} events missing, ${verdict.clients_that_differ} clients and ${verdict.boards_that_differ} boards differ`,
  )
  console.log(JSON.stringify({ members, moves: acknowledged.length, beaten, ...verdict, passed }))
}

process.exit((await main()) ? 0 : 1)
