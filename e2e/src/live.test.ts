import type { Page } from 'playwright-core'
import { describe } from 'vitest'
import { addColleague } from './colleague.ts'
import { addLeads } from './desk.ts'
import { expect, test } from './journey.ts'
import { cardsIn, columnOf, dragCard } from './screens.ts'

const moves = 200

describe('two screens', () => {
  test('a card that one member drags moves on the screen of another', async ({ desk, page, open }) => {
    await addLeads(desk.rapport, [{ full_name: 'Shared card' }])
    const colleague = await addColleague(desk, 'sales')
    const other = await open(colleague)
    await Promise.all([openBoard(page), openBoard(other)])
    await dragCard(page, 'Shared card', { column: 'Qualified' })
    await expect.poll(() => cardsIn(other, 'Qualified')).toEqual(['Shared card'])
    await dragCard(other, 'Shared card', { column: 'Contacted' })
    await expect.poll(() => cardsIn(page, 'Contacted')).toEqual(['Shared card'])
  })

  test(`${moves} cards dropped on one screen all arrive on the other, and it is said how fast`, async ({
    desk,
    page,
    open,
  }) => {
    const names = Array.from({ length: 8 }, (_, index) => `Card ${index + 1}`)
    await addLeads(
      desk.rapport,
      names.map((full_name) => ({ full_name })),
    )
    const other = await open(await addColleague(desk, 'sales'))
    await Promise.all([openBoard(page), openBoard(other)])
    await noteAnswers(page)
    await noteArrivals(other)

    const delays_ms: number[] = []
    for (let move = 0; move < moves; move += 1) {
      const name = names[move % names.length] ?? ''
      const column = Math.floor(move / names.length) % 2 === 0 ? 'Contacted' : 'New'
      await dragCard(page, name, { column })
      const [answered, arrived] = await Promise.all([
        answeredAt(page, move),
        arrivedAt(other, name, desk.stage(column).id),
      ])
      delays_ms.push(arrived - answered)
    }
    expect(delays_ms).toHaveLength(moves)
    const at = (share: number) =>
      Math.round(delays_ms.toSorted((a, b) => a - b)[Math.ceil(share * moves) - 1] ?? 0)
    console.log(
      `server's answer to other screen: p50 ${at(0.5)} p95 ${at(0.95)} max ${at(1)} ms over ${delays_ms.length} moves`,
    )
  }, 400_000)

  test('a card dragged without a connection returns, with the reason', async ({
    desk,
    page,
    expectComplaint,
  }) => {
    expectComplaint(/ERR_INTERNET_DISCONNECTED/)
    await addLeads(desk.rapport, [{ full_name: 'Stranded' }])
    await openBoard(page)
    await page.context().setOffline(true)
    await dragCard(page, 'Stranded', { column: 'Contacted' })
    await page.getByText('Stranded was not moved').first().waitFor()
    await expect.poll(() => cardsIn(page, 'New')).toEqual(['Stranded'])
    await page.context().setOffline(false)
    await dragCard(page, 'Stranded', { column: 'Contacted' })
    await expect
      .poll(async () => (await desk.rapport.leads.list()).items[0]?.stage_id)
      .toBe(desk.stage('Contacted').id)
  })

  test('of two who drag the same card the first has it, and the other is told who put it where', async ({
    desk,
    page,
    open,
    expectComplaint,
  }) => {
    expectComplaint(/409/)
    await addLeads(desk.rapport, [{ full_name: 'Contested' }])
    const other = await open(await addColleague(desk, 'sales'))
    const deafen = await makeDeafable(other)
    await Promise.all([openBoard(page), openBoard(other)])
    deafen()
    await dragCard(page, 'Contested', { column: 'Qualified' })
    await expect
      .poll(async () => (await desk.rapport.leads.list()).items[0]?.stage_id)
      .toBe(desk.stage('Qualified').id)
    await dragCard(other, 'Contested', { column: 'Contacted' })
    await other.getByText('Contested was not moved').first().waitFor()
    await other.getByText('Ana Lima moved it to Qualified just now.').first().waitFor()
    await expect.poll(() => cardsIn(other, 'Qualified')).toEqual(['Contested'])
    const [lead] = (await desk.rapport.leads.list()).items
    expect(lead).toMatchObject({ stage_id: desk.stage('Qualified').id, version: 2 })
  })
})

/** Ready when its cards are there and others' changes would be heard. */
async function openBoard(page: Page): Promise<void> {
  await page.goto('/board')
  await columnOf(page, 'New').getByRole('article').first().waitFor()
  await page.getByRole('button', { name: 'Live: changes by others appear at once' }).waitFor()
}

/** From the moment it is told, the server's real-time messages no longer reach the page: its board grows stale. */
async function makeDeafable(page: Page): Promise<() => void> {
  let deaf = false
  await page.routeWebSocket(/\/api\/realtime/, (socket) => {
    const server = socket.connectToServer()
    server.onMessage((message) => {
      if (!deaf) socket.send(message)
    })
  })
  return () => {
    deaf = true
  }
}

declare global {
  interface Window {
    answers: number[]
    arrivals: Map<string, number>
  }
}

/** Notes when the server began to answer each move, by the browser's own books. */
function noteAnswers(page: Page): Promise<void> {
  return page.evaluate(() => {
    window.answers = []
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries() as PerformanceResourceTiming[])
        if (entry.name.endsWith('/stage')) window.answers.push(performance.timeOrigin + entry.responseStart)
    }).observe({ type: 'resource' })
  })
}

async function answeredAt(page: Page, move: number): Promise<number> {
  const handle = await page.waitForFunction((wanted) => window.answers[wanted], move)
  return Number(await handle.jsonValue())
}

/** Notes when a card first stands in another column than before, in the frame that shows it. */
function noteArrivals(page: Page): Promise<void> {
  return page.evaluate(() => {
    const columns = new Map<string, string>()
    window.arrivals = new Map()
    const look = () => {
      for (const card of document.querySelectorAll<HTMLElement>('[data-card-id]')) {
        const name = card.getAttribute('aria-label') ?? ''
        const column = card.closest<HTMLElement>('[data-column]')?.dataset['column'] ?? ''
        if (columns.get(name) === column) continue
        columns.set(name, column)
        requestAnimationFrame(() =>
          window.arrivals.set(`${name} ${column}`, performance.timeOrigin + performance.now()),
        )
      }
    }
    look()
    new MutationObserver(look).observe(document.body, { childList: true, subtree: true })
  })
}

/** Taken away once read, because the same card comes to the same column again later. */
async function arrivedAt(page: Page, name: string, column: string): Promise<number> {
  const key = `${name} ${column}`
  const handle = await page.waitForFunction((wanted) => window.arrivals.get(wanted), key)
  const time = Number(await handle.jsonValue())
  await page.evaluate((wanted) => window.arrivals.delete(wanted), key)
  return time
}
