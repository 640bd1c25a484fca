/** Features that an organization switches, and the operator's read-only mode, as people meet them. */
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe } from 'vitest'
import { findViolations, photograph } from './accessibility.ts'
import { addLeads, openDesk, type Desk } from './desk.ts'
import { expect, test } from './journey.ts'
import { editCell } from './screens.ts'
import { startServer, type RunningServer } from './server.ts'

test('a feature that is switched off goes from every open window at once, and comes back', async ({
  desk,
  page,
  open,
  expectComplaint,
}) => {
  expectComplaint(/403 .*api\/crm\/imports/)
  const other = await open(desk)
  await other.goto('/leads')
  const imports = other.getByRole('link', { name: 'Imports' })
  await imports.waitFor()

  await page.goto('/settings/features')
  const control = page.getByRole('switch', { name: 'Imports' })
  await control.waitFor()
  expect(await findViolations(page)).toEqual([])
  await photograph(page, 'features')
  await control.focus()
  await page.keyboard.press('Space')
  await imports.waitFor({ state: 'detached' })
  await other.goto('/imports')
  await other.getByRole('heading', { name: 'This is switched off' }).waitFor()

  await page.getByRole('button', { name: 'Undo' }).click()
  await imports.waitFor()
  expect(await control.getAttribute('aria-checked')).toBe('true')
})

test('without live updates the window keeps working and asks no more for a socket', async ({
  desk,
  page,
}) => {
  await page.goto('/settings/features')
  await page.getByRole('switch', { name: 'Live updates' }).click()
  await page.getByText('Live updates: switched off').waitFor()
  // What the window had under way when it was told may still end.
  await page.goto('about:blank')
  const sockets: string[] = []
  page.on('websocket', (socket) => sockets.push(socket.url()))
  page.on('request', (request) => {
    if (request.url().includes('/api/realtime')) sockets.push(request.url())
  })
  await addLeads(desk.rapport, [{ full_name: 'Still Here' }])
  await page.goto('/leads')
  await page.getByText('Still Here').first().waitFor()
  expect(sockets).toEqual([])
})

describe('read-only mode', () => {
  const command = fileURLToPath(new URL('../../apps/server/src/commands/set-maintenance.ts', import.meta.url))
  let server: RunningServer
  let desk: Desk
  // On a server of its own: it stops everybody's work.
  beforeAll(async () => {
    server = await startServer()
    desk = await openDesk(server.url)
  }, 60_000)
  afterAll(() => server?.stop())

  function maintenance(...words: string[]): void {
    const env = { PATH: process.env['PATH'], HOME: process.env['HOME'], RAPPORT_DATA_DIR: server.dataDir }
    const { status, stderr } = spawnSync(process.execPath, [command, ...words], { env, encoding: 'utf8' })
    if (status !== 0) throw new Error(`The command failed: ${stderr}`)
  }

  test('says so at once, refuses a save without losing what was typed, and ends by itself', async ({
    open,
    expectComplaint,
  }) => {
    expectComplaint(/503/)
    await addLeads(desk.rapport, [{ full_name: 'Olga Old' }])
    const page = await open(undefined, { baseURL: server.url })
    await page
      .context()
      .addCookies([
        { name: 'rapport_session', value: desk.cookie, url: server.url, httpOnly: true, sameSite: 'Lax' },
      ])
    await page.goto('/leads')
    await page.getByText('Olga Old').first().waitFor()

    maintenance('on', 'Back at two.')
    const banner = page.getByText('Read-only for now: Back at two.')
    await banner.waitFor()

    await page.keyboard.press('c')
    const form = page.getByRole('dialog', { name: 'New lead' })
    const name = form.getByLabel('Name', { exact: true })
    await name.fill('Kept Karla')
    await page.getByRole('button', { name: 'Create' }).click()
    await page.getByText('Rapport can only be read at the moment.').waitFor()
    expect(await name.inputValue()).toBe('Kept Karla')
    expect(await findViolations(page)).toEqual([])
    await photograph(page, 'maintenance')

    maintenance('off')
    await banner.waitFor({ state: 'detached' })
    await page.getByText('Everything can be changed again').waitFor()
    await page.getByRole('button', { name: 'Create' }).click()
    await form.waitFor({ state: 'detached' })
    await page.getByText('Kept Karla').first().waitFor()
    await editCell(page, 'Kept Karla', 'Company', 'Open Again')
  })
})
