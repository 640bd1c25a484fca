import { describe } from 'vitest'
import { addLeads } from './desk.ts'
import { expect, test } from './journey.ts'
import { cellOf, editCell, isInSight, listedNames, openRow, panelOf } from './screens.ts'

describe('contacts and companies', () => {
  test('a table without rows says in the middle of the window what would fill it', async ({ desk, open }) => {
    for (const viewport of [
      { width: 1440, height: 900 },
      { width: 390, height: 844 },
    ]) {
      const page = await open(desk, { viewport })
      for (const name of ['leads', 'contacts', 'companies']) {
        await page.goto(`/${name}`)
        const heading = page.getByRole('heading', { name: `No ${name} yet` })
        await heading.waitFor()
        expect(await isInSight(heading), `${name} at ${viewport.width}`).toBe(true)
      }
    }
  })

  test('a contact made with "c" joins the company of their address, and is shown from its side', async ({
    desk,
    page,
  }) => {
    const company = await desk.rapport.companies.create({
      body: { name: 'Meridiano', domain: 'meridiano.example' },
    })
    await page.goto('/leads')
    await page.getByRole('heading', { name: 'No leads yet' }).waitFor()
    await page.keyboard.press('g')
    await page.keyboard.press('c')
    await page.getByRole('heading', { name: 'No contacts yet' }).waitFor()
    await page.keyboard.press('c')
    const dialog = page.getByRole('dialog', { name: 'New contact' })
    await dialog.getByLabel('Name').fill('Inês Valadares')
    await dialog.getByLabel('E-mail').fill('ines@meridiano.example')
    await dialog.getByRole('button', { name: 'Create' }).click()
    const panel = panelOf(page, 'Contacts')
    await panel.getByText('created this contact').waitFor()
    await panel.getByRole('button', { name: 'Position: Not set' }).click()
    await panel.getByRole('textbox', { name: 'Position' }).fill('CFO')
    await page.keyboard.press('Enter')
    await panel.getByText('Position: empty → CFO').waitFor()
    await panel.getByRole('link', { name: 'Go to Meridiano' }).click()
    await page.waitForURL(`**/companies/${company.id}`)
    await page.getByRole('link', { name: 'Inês Valadares CFO' }).locator('visible=true').waitFor()
  })

  test('people are filtered by the name of their company, trashed and brought back', async ({
    desk,
    page,
  }) => {
    const { rapport } = desk
    const north = await rapport.companies.create({ body: { name: 'North' } })
    const south = await rapport.companies.create({ body: { name: 'South' } })
    await rapport.contacts.create({ body: { full_name: 'Nina', company_id: north.id } })
    await rapport.contacts.create({ body: { full_name: 'Sam', company_id: south.id } })
    await page.goto('/contacts')
    await page.getByRole('button', { name: 'Filter', exact: true }).click()
    await page.getByRole('option', { name: 'Company' }).click()
    await page.getByRole('textbox', { name: /Company/ }).fill('nor')
    await page.keyboard.press('Enter')
    await expect.poll(() => listedNames(page)).toEqual(['Nina'])
    const cell = await cellOf(page, 'Nina', 'Company')
    expect(await cell.textContent()).toBe('North')
    await openRow(page, 'Nina')
    await panelOf(page, 'Contacts').getByRole('button', { name: 'More' }).click()
    await page.getByRole('menuitem', { name: 'Delete' }).click()
    await page.getByText('Nina was moved to the trash').first().waitFor()
    await page.keyboard.press('z')
    await page.getByText('Undone: Nina is out of the trash').first().waitFor()
    await expect.poll(() => listedNames(page)).toEqual(['Nina'])
  })

  test('a company, further addresses and a stage are changed in their cells, typed or pasted', async ({
    desk,
    page,
  }) => {
    const { rapport } = desk
    const company = await rapport.companies.create({ body: { name: 'Cobalto' } })
    const contact = await rapport.contacts.create({ body: { full_name: 'Nina' } })
    const second = await rapport.contacts.create({ body: { full_name: 'Otto' } })
    const readContact = (id: string) => rapport.contacts.get({ params: { id } })
    await page.goto('/contacts')
    await (await cellOf(page, 'Nina', 'Company')).dblclick()
    await page.getByRole('combobox', { name: 'Search' }).fill('cob')
    await page.getByRole('option', { name: 'Cobalto' }).click()
    await expect.poll(async () => (await readContact(contact.id)).company_id).toBe(company.id)
    const companyCell = await cellOf(page, 'Otto', 'Company')
    await companyCell.click()
    await companyCell.evaluate((cell) => {
      const clipboardData = new DataTransfer()
      clipboardData.setData('text/plain', 'Cobalto')
      cell.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true }))
    })
    await expect.poll(async () => (await readContact(second.id)).company_id).toBe(company.id)

    await page.getByRole('button', { name: 'Columns' }).click()
    await page.getByRole('checkbox', { name: 'Other e-mails' }).click()
    await page.keyboard.press('Escape')
    await editCell(page, 'Nina', 'Other e-mails', 'nina@example.com; n@example.org')
    await expect
      .poll(async () => (await readContact(contact.id)).emails)
      .toEqual(['nina@example.com', 'n@example.org'])

    const [lead] = await addLeads(rapport, [{ full_name: 'Paula Neves' }])
    await page.goto('/leads')
    await (await cellOf(page, 'Paula Neves', 'Stage')).dblclick()
    await page.getByRole('option', { name: 'Proposal' }).click()
    await expect
      .poll(async () => (await rapport.leads.get({ params: { id: lead?.id ?? '' } })).stage_id)
      .toBe(desk.stage('Proposal').id)
  })

  test('a range of cells is copied with the keyboard and pasted elsewhere; what a cell cannot hold is told', async ({
    desk,
    page,
  }) => {
    const { rapport } = desk
    await addLeads(rapport, [
      { full_name: 'Ana', email: 'ana@example.com', phone: '+1 202 555 0101', source: 'Fair' },
      { full_name: 'Bia', email: 'bia@example.com', phone: '+1 202 555 0102', source: 'Web, "new"' },
      { full_name: 'Caio' },
      { full_name: 'Davi' },
    ])
    const reach = async () =>
      new Map(
        (await rapport.leads.list()).items.map(({ full_name, email, phone, source }) => [
          full_name,
          [email, phone, source],
        ]),
      )
    await page.goto('/leads?sort=full_name')
    await (await cellOf(page, 'Ana', 'E-mail')).click()
    for (const key of ['Shift+ArrowRight', 'Shift+ArrowRight', 'Shift+ArrowDown', 'Control+c'])
      await page.keyboard.press(key)
    await (await cellOf(page, 'Caio', 'E-mail')).click()
    await page.keyboard.press('Control+v')
    await expect.poll(async () => (await reach()).get('Davi')).toEqual((await reach()).get('Bia'))
    await expect.poll(async () => (await reach()).get('Caio')).toEqual((await reach()).get('Ana'))

    const status = await cellOf(page, 'Ana', 'Status')
    await status.click()
    await status.evaluate((cell) => {
      const clipboardData = new DataTransfer()
      clipboardData.setData('text/plain', 'Qualified\nNo such status')
      cell.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true }))
    })
    await page.getByText('1 cell changed. 1 cell cannot take what was pasted').waitFor({ state: 'attached' })
    const statuses = async () =>
      (await rapport.leads.list({ query: { sort: 'full_name' } })).items.map((lead) => lead.status)
    await expect.poll(statuses).toEqual(['qualified', 'new', 'new', 'new'])
  })

  test('a number of the organization’s own country is shown as it is dialled there, and one tap calls it', async ({
    desk,
    page,
  }) => {
    const { rapport } = desk
    await rapport.identity.updateOrganization({ body: { country: 'BR' } })
    await rapport.contacts.create({ body: { full_name: 'Nina', phone: '+55 11 98765-4310' } })
    await rapport.contacts.create({ body: { full_name: 'Otto', phone: '+1 202-555-0143' } })
    await page.goto('/contacts')
    const own = (await cellOf(page, 'Nina', 'Phone')).getByRole('link')
    expect(await own.textContent()).toBe('(11) 98765-4310')
    expect(await own.getAttribute('href')).toBe('tel:+5511987654310')
    expect(await (await cellOf(page, 'Otto', 'Phone')).textContent()).toBe('+1 202 555 0143')
    await openRow(page, 'Nina')
    const link = panelOf(page, 'Contacts').getByRole('link', { name: 'Call: Phone' })
    expect(await link.getAttribute('href')).toBe('tel:+5511987654310')
  })

  test('a contact is added to a lead with their part, and taken off again', async ({ desk, page }) => {
    const [lead] = await addLeads(desk.rapport, [{ full_name: 'Paula Neves' }])
    await desk.rapport.contacts.create({ body: { full_name: 'Otto Weiss', position: 'Buyer' } })
    await page.goto(`/leads/${lead?.id}`)
    await page.getByRole('button', { name: 'Add a contact' }).locator('visible=true').click()
    const popover = page.getByRole('dialog', { name: 'Add a contact' })
    await popover.getByRole('combobox', { name: 'Contact' }).click()
    await page.getByRole('option', { name: /Otto Weiss/ }).click()
    await popover.getByLabel('Part').fill('User')
    await popover.getByRole('button', { name: 'Add', exact: true }).click()
    await page.getByText('User · Buyer').locator('visible=true').waitFor()
    await page.getByText('linked the contact').waitFor()
    await page.getByRole('button', { name: 'Take Otto Weiss off' }).locator('visible=true').click()
    await page.getByText('Otto Weiss was taken off').first().waitFor()
    await expect
      .poll(async () => (await desk.rapport.leadContacts.list({ params: { id: lead?.id ?? '' } })).items)
      .toEqual([])
  })
})
