/**
 * Whether a board of 10,000 cards scrolls smoothly: `node bench/src/board-scroll.ts`. Scrolls the longest column and
 * the board itself in Chromium and counts the frames that the page draws, by turns with a bare page that scrolls as
 * many plain virtual rows: a machine without a graphics card draws slowly, so the ratio says it, not the frames.
 */
import { createRapport } from '@rapport/sdk'
import type { Session } from '@rapport/contracts'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { parseArgs } from 'node:util'
import { chromium, type Browser, type Page } from 'playwright-core'
import { barePage } from './board-scroll/bare-page.ts'
import { addCards } from './board-scroll/cards.ts'
import { summarize, watchFrames, type Frames } from './board-scroll/frames.ts'
import { ServerUnderFire } from './chaos/server.ts'

const { values: options } = parseArgs({
  options: {
    cards: { type: 'string', default: '10000' },
    longest: { type: 'string', default: '5000' },
    seconds: { type: 'string', default: '10' },
    rounds: { type: 'string', default: '2' },
  },
})
const [cards, longest, seconds, rounds] = [
  options.cards,
  options.longest,
  options.seconds,
  options.rounds,
].map(Number) as [number, number, number, number]

const viewport = { width: 1280, height: 800 }
/** A quick hand on a wheel, and one that looks for something far below. */
const speeds = { reading: 1_500, searching: 6_000 }

type Gesture = { x: number; y: number; xDistance: number; yDistance: number; speed: number }
type Scene = { page: Page; column: { x: number; y: number } }
type Run = { what: string; on: string; frames: Frames }

async function scroll({ page }: Scene, gesture: Gesture): Promise<void> {
  const session = await page.context().newCDPSession(page)
  await session.send('Input.synthesizeScrollGesture', { ...gesture, gestureSourceType: 'mouse' })
  await session.detach()
}

/** Down the column for some seconds, and back to its top. */
async function measureColumn(scene: Scene, speed: number): Promise<Frames> {
  const yDistance = -speed * seconds
  const frames = await watchFrames(scene.page, () =>
    scroll(scene, { ...scene.column, xDistance: 0, yDistance, speed }),
  )
  await scene.page.evaluate(() =>
    document.querySelectorAll('[data-column] div').forEach((box) => box.scrollTo({ top: 0 })),
  )
  return frames
}

/** To the right and to the left. */
async function measureBoard(scene: Scene): Promise<Frames> {
  const gesture = { ...scene.column, yDistance: 0, speed: 600 }
  return watchFrames(scene.page, async () => {
    for (let turn = 0; turn < seconds; turn += 2) {
      await scroll(scene, { ...gesture, xDistance: -600 })
      await scroll(scene, { ...gesture, xDistance: 600 })
    }
  })
}

async function measure(scene: Scene, on: string): Promise<Run[]> {
  const runs: Run[] = []
  for (const [name, speed] of Object.entries(speeds))
    runs.push({ what: `a column, ${name}`, on, frames: await measureColumn(scene, speed) })
  return [...runs, { what: 'the board, sideways', on, frames: await measureBoard(scene) }]
}

async function sceneOf(page: Page): Promise<Scene> {
  const box = await page.locator('[data-column]').first().boundingBox()
  if (!box) throw new Error('There is no column on screen.')
  return { page, column: { x: box.x + box.width / 2, y: box.y + box.height / 2 } }
}

async function openBoard(browser: Browser, url: string): Promise<Scene> {
  const context = await browser.newContext({ baseURL: url, viewport })
  const password = randomUUID()
  const person = {
    email: `mover-${randomUUID()}@example.com`,
    password,
    full_name: 'Mover',
    organization_name: 'Board',
  }
  // The browser's own request, so that the session's cookie is where the page will want it.
  const answer = await context.request.post('/api/auth/register', {
    data: person,
    headers: { origin: url },
  })
  if (!answer.ok()) throw new Error(`Nobody could register: ${await answer.text()}`)
  const { access_token, organization } = (await answer.json()) as Session
  const rapport = createRapport({
    baseUrl: url,
    token: () => access_token,
    organizationId: () => organization.id,
  })
  const [pipeline] = (await rapport.pipelines.list({ query: { object: 'lead' } })).items
  if (!pipeline) throw new Error('A new organization has no pipeline.')
  await addCards(rapport, pipeline, { cards, longest })
  const page = await context.newPage()
  await page.goto(`/board?pipeline=${pipeline.id}`)
  await page.locator('[data-card-id]').first().waitFor()
  return sceneOf(page)
}

async function openBare(browser: Browser): Promise<{ scene: Scene; close: () => void }> {
  const server = createServer((_, reply) =>
    reply.setHeader('content-type', 'text/html').end(barePage(longest)),
  )
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const page = await (await browser.newContext({ viewport })).newPage()
  await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}`)
  return { scene: await sceneOf(page), close: () => server.close() }
}

function report(runs: readonly Run[]): void {
  console.log(`${cards} cards, ${longest} in one column; ${seconds} s each, ${rounds} rounds by turns`)
  const whats = [...new Set(runs.map(({ what }) => what))]
  for (const what of whats) {
    const of = (on: string) => summarize(runs.filter((run) => run.what === what && run.on === on))
    const [board, bare] = [of('board'), of('bare')]
    const line = ({ fps, p95_ms, worst_ms, long_tasks }: typeof board) =>
      `${fps.toFixed(1)} frames/s, p95 ${p95_ms.toFixed(1)} ms, worst ${worst_ms.toFixed(0)} ms, ${long_tasks} long tasks`
    console.log(
      `${what.padEnd(22)} board ${line(board)} | bare page ${line(bare)} | ratio ${(board.fps / bare.fps).toFixed(2)}`,
    )
  }
}

const server = await ServerUnderFire.create()
const browser = await chromium.launch({
  executablePath: process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu'],
})
try {
  await server.ensureHealthy()
  const board = await openBoard(browser, server.url)
  const bare = await openBare(browser)
  const runs: Run[] = []
  for (let round = 0; round < rounds; round += 1)
    for (const [scene, on] of [
      [board, 'board'],
      [bare.scene, 'bare'],
    ] as const) {
      await scene.page.bringToFront()
      runs.push(...(await measure(scene, on)))
    }
  bare.close()
  report(runs)
} finally {
  await browser.close()
  await server.remove()
}
