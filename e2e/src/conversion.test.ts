import { describe } from 'vitest'
import { findViolations, photograph } from './accessibility.ts'
import { addLeads, type Desk } from './desk.ts'
import { expect, test } from './journey.ts'
import { openRow, panelOf } from './screens.ts'

const aLead = async ({ rapport }: Desk) => {
  const [lead] = await addLeads(rapport, [
    {
      full_name: 'Inês Valadares',
      company_name: 'Meridiano',
      email: 'ines@meridiano.example',
      phone: '+55 11 91234-8765',
      estimated_value: 12_500,
      currency: 'BRL',
      tags: ['Trade fair'],
    },
  ])
  if (!lead) throw new Error('There is no lead.')
  return lead
}

describe('a lead', () => {
  test('is converted with the match that is proposed, and taken back', async ({ desk, page }) => {
    const { rapport } = desk
    const lead = await aLead(desk)
    const company = await rapport.companies.create({
      body: { name: 'Meridiano Ltda', domain: 'meridiano.example' },
    })
    await rapport.leads.logActivity({
      params: { id: lead.id },
      body: { type: 'call', body: 'Wants a quote.' },
    })
    await page.goto('/leads')
    await openRow(page, 'Inês Valadares')
    const panel = panelOf(page, 'Leads')
    await panel.getByRole('button', { name: 'More' }).click()
    await page.getByRole('menuitem', { name: 'Convert…' }).click()
    const dialog = page.getByRole('dialog', { name: 'Convert “Inês Valadares”' })
    await dialog.getByRole('radio', { name: /Meridiano Ltda/ }).waitFor()
    expect(await dialog.getByRole('radio', { name: /Meridiano Ltda/ }).isChecked()).toBe(true)
    expect(await dialog.getByRole('radio', { name: 'A new contact' }).isChecked()).toBe(true)
    await dialog.getByRole('textbox', { name: 'Deal: Name' }).fill('Meridiano: first order')
    await photograph(page, 'convert-dialog')
    expect(await findViolations(page)).toEqual([])
    await dialog.getByRole('button', { name: 'Convert', exact: true }).click()
    await page.getByText('Inês Valadares is converted').first().waitFor()

    const into = panel.getByRole('region', { name: 'Converted into' })
    await into.getByRole('link', { name: /Meridiano Ltda/ }).waitFor()
    await photograph(page, 'converted-panel')
    await into.getByRole('link', { name: /Meridiano: first order/ }).click()
    await page.waitForURL('**/deals/*')
    // The deal tells what was said to the lead.
    await page.getByText('Wants a quote.').waitFor()
    const [deal] = (await rapport.deals.list({ query: {} })).items
    expect(deal).toMatchObject({ name: 'Meridiano: first order', value: 12_500, company_id: company.id })
    await photograph(page, 'converted-deal')

    await page.goto(`/leads/${lead.id}`)
    await page
      .getByRole('region', { name: 'Converted into' })
      .locator('visible=true')
      .getByRole('button', { name: 'Take back' })
      .click()
    await page.getByText('The conversion was taken back').first().waitFor()
    await expect.poll(async () => (await rapport.deals.list({ query: {} })).items.length).toBe(0)
    expect(await rapport.leads.get({ params: { id: lead.id } })).toMatchObject({ status: 'new' })
    expect((await rapport.companies.get({ params: { id: company.id } })).deleted_at).toBeNull()
  })

  test('keeps what somebody has worked on when its conversion is taken back, and "z" does it at once', async ({
    desk,
    open,
    expectComplaint,
  }) => {
    expectComplaint(/409.*convert\/undo/)
    const { rapport } = desk
    const lead = await aLead(desk)
    const done = await rapport.conversion.convert({ params: { id: lead.id }, body: {} })
    await rapport.deals.update({ params: { id: done.deal?.id ?? '' }, body: { description: 'Discussed.' } })
    const page = await open(desk, { viewport: { width: 390, height: 844 }, colorScheme: 'dark' })
    await page.goto(`/leads/${lead.id}`)
    const into = page.getByRole('region', { name: 'Converted into' }).locator('visible=true')
    await into.getByRole('button', { name: 'Take back' }).click()
    const dialog = page.getByRole('dialog', { name: 'Somebody has worked on it since' })
    await dialog.getByText('Changed since the conversion: Deal.').waitFor()
    await photograph(page, 'convert-keep-phone-dark')
    expect(await findViolations(page)).toEqual([])
    await dialog.getByRole('button', { name: 'Keep it and take back' }).click()
    await page.getByText('The conversion was taken back').first().waitFor()
    expect((await rapport.deals.get({ params: { id: done.deal?.id ?? '' } })).deleted_at).toBeNull()
    expect((await rapport.contacts.get({ params: { id: done.contact?.id ?? '' } })).deleted_at).not.toBeNull()

    const second = await aLead(desk)
    await page.goto(`/leads/${second.id}`)
    await page.getByRole('button', { name: 'More actions' }).click()
    await page.getByRole('menuitem', { name: 'Convert…' }).click()
    const converting = page.getByRole('dialog', { name: 'Convert “Inês Valadares”' })
    await converting.getByRole('radio', { name: 'No company' }).click()
    await photograph(page, 'convert-dialog-phone-dark')
    await converting.getByRole('button', { name: 'Convert', exact: true }).click()
    await page.getByRole('region', { name: 'Converted into' }).locator('visible=true').waitFor()
    await page.keyboard.press('z')
    await page.getByText('Undone: Inês Valadares is no longer converted').first().waitFor()
    await expect.poll(async () => (await rapport.leads.get({ params: { id: second.id } })).status).toBe('new')
  })
})
