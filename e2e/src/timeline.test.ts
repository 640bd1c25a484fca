import { describe } from 'vitest'
import { findViolations } from './accessibility.ts'
import { addColleague } from './colleague.ts'
import type { Desk } from './desk.ts'
import { expect, test } from './journey.ts'

async function aCompany({ rapport }: Desk) {
  const company = await rapport.companies.create({ body: { name: 'Aurora' } })
  const person = await rapport.contacts.create({ body: { full_name: 'Ada King', company_id: company.id } })
  const deal = await rapport.deals.create({ body: { name: 'Renewal', company_id: company.id, value: 900 } })
  const log = (type: 'note' | 'call', body: string) => ({ type, body })
  await rapport.contacts.logActivity({ params: { id: person.id }, body: log('call', 'Rang about the offer') })
  await rapport.deals.update({ params: { id: deal.id }, body: { value: 1200, version: 1 } })
  await rapport.companies.logActivity({ params: { id: company.id }, body: log('note', 'Mind the dog') })
  return { company, deal }
}

describe('the timeline of a company', () => {
  test('tells of its people and deals, is narrowed by kind, and keeps what is pinned on top', async ({
    desk,
    page,
  }) => {
    const { company } = await aCompany(desk)
    await page.goto(`/companies/${company.id}`)
    const timeline = page.getByRole('region', { name: 'Timeline' })
    const call = timeline.getByRole('listitem').filter({ hasText: 'Rang about the offer' })
    await call.getByRole('link', { name: 'Ada King' }).waitFor()
    const change = timeline.getByRole('listitem').filter({ hasText: 'changed Value' })
    await expect.poll(() => change.innerText()).toContain('$900 → $1,200')
    expect(await findViolations(page)).toEqual([])

    await timeline.getByRole('button', { name: 'Filter' }).click()
    await page.getByRole('menuitemcheckbox', { name: 'Notes' }).click()
    await page.keyboard.press('Escape')
    await call.waitFor({ state: 'detached' })
    const note = timeline.getByRole('listitem').filter({ hasText: 'Mind the dog' })
    await note.getByRole('button', { name: 'Pin to the top' }).click()
    await timeline.getByRole('region', { name: 'Pinned' }).getByText('Mind the dog').waitFor()

    await page.reload()
    await timeline.getByRole('region', { name: 'Pinned' }).getByText('Mind the dog').waitFor()
    await call.waitFor()
    await timeline.getByRole('switch', { name: 'With related' }).click()
    await call.waitFor({ state: 'detached' })
    await timeline.getByRole('button', { name: 'Take down from the top' }).click()
    await timeline.getByRole('region', { name: 'Pinned' }).waitFor({ state: 'detached' })
  })

  test('reads the names of all records that it tells of together', async ({ desk, page }) => {
    const { company, deal } = await aCompany(desk)
    const names = ['Expansion', 'Support', 'Training']
    const made = await Promise.all(
      names.map((name) => desk.rapport.deals.create({ body: { name, company_id: company.id } })),
    )
    const asked: string[] = []
    page.on('request', (request) => {
      const { pathname, searchParams } = new URL(request.url())
      const filter = searchParams.get('filter') ?? ''
      // By itself, or by the ids of several; beside the timeline the deals are asked for by their company.
      if (pathname.startsWith('/api/crm/deals/') && !pathname.endsWith('/totals')) asked.push(pathname)
      else if (pathname === '/api/crm/deals' && filter.includes('"id"')) asked.push(filter)
    })
    await page.goto(`/companies/${company.id}`)
    const timeline = page.getByRole('region', { name: 'Timeline' })
    for (const name of ['Renewal', ...names]) await timeline.getByRole('link', { name }).first().waitFor()
    // One by one they would be four; news may have them read again.
    expect(asked.length).toBeLessThan(1 + made.length)
    for (const { id } of [deal, ...made]) expect(asked.join()).toContain(id)
  })

  test('says what others did since one was there last', async ({ desk, page }) => {
    const { company, deal } = await aCompany(desk)
    const bruno = await addColleague(desk, 'sales')
    const left = new Date().toISOString()
    await bruno.rapport.deals.logActivity({
      params: { id: deal.id },
      body: { type: 'note', body: 'They agreed' },
    })
    // As if the visit before had ended then: the server's own clock would take half an hour.
    await page.route('**/api/crm/visits', (route) => route.fulfill({ json: { previous_at: left } }))
    await page.goto(`/companies/${company.id}`)
    const items = page.getByRole('region', { name: 'Timeline' }).getByRole('listitem')
    await items.filter({ hasText: 'New since your last visit' }).waitFor()
    const texts = await items.allInnerTexts()
    const mark = texts.findIndex((text) => text.includes('New since your last visit'))
    expect(texts[mark - 1]).toContain('They agreed')
    expect(texts.slice(mark).join()).toContain('Mind the dog')
  })
})

test('a move tells how long the card stood in the stage that it left', async ({ desk, page }) => {
  const lead = await desk.rapport.leads.create({ body: { full_name: 'Grace' } })
  const body = { stage_id: desk.stage('Contacted').id, version: lead.version }
  await desk.rapport.leads.moveStage({ params: { id: lead.id }, body })
  await page.goto(`/leads/${lead.id}`)
  await page.getByText(/moved it from New to Contacted after \d+ seconds?/).waitFor()
})
