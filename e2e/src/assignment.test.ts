import { findViolations, photograph } from './accessibility.ts'
import { addColleague } from './colleague.ts'
import { expect, test } from './journey.ts'

test('a rule is made, tried and used: leads go in turn, and who is away is passed over', async ({
  desk,
  page,
  open,
}) => {
  const bruno = await addColleague(desk, 'sales', 'Bruno Souza')
  const clara = await addColleague(desk, 'sales', 'Clara Nunes')
  const { rapport } = desk
  for (const full_name of ['Ada', 'Ben', 'Cleo', 'Dan'])
    await rapport.leads.create({ body: { full_name, owner_id: null } })
  await page.goto('/settings/assignment')
  await page.getByRole('heading', { name: 'Assignment' }).waitFor()
  expect(await findViolations(page)).toEqual([])
  await page.getByRole('button', { name: /^Add a rule.*Leads$/ }).click()
  const dialog = page.getByRole('dialog', { name: 'New rule' })
  await dialog.getByLabel('Name').fill('Everyone in turn')
  await dialog.getByRole('button', { name: 'Save' }).click()
  await dialog.getByText('Name at least one member.').waitFor()
  for (const name of ['Bruno Souza', 'Clara Nunes']) {
    await dialog.getByRole('combobox', { name: 'Add a member' }).click()
    await page.getByRole('option', { name }).click()
    await dialog.getByRole('textbox', { name: `Weight of ${name}` }).waitFor()
  }
  await dialog.getByRole('button', { name: 'Try it' }).click()
  await dialog.getByText('Of the 4 newest, 4 meet it.').waitFor()
  await page.getByRole('listbox').waitFor({ state: 'hidden' })
  expect(await findViolations(page)).toEqual([])
  await photograph(page, 'assignment-rule')
  await dialog.getByRole('button', { name: 'Save' }).click()
  await page.getByText('In turn: Bruno Souza and Clara Nunes').waitFor()
  await photograph(page, 'assignment')

  const owners = []
  for (const full_name of ['Eva', 'Finn'])
    owners.push((await rapport.leads.create({ body: { full_name } })).owner_id)
  expect(new Set(owners)).toEqual(new Set([bruno, clara].map(({ session }) => session.user.id)))

  const theirs = await open(clara)
  await theirs.goto('/settings/profile')
  const away = theirs.getByRole('region', { name: 'Away' })
  await away.getByLabel('First day').fill('2020-01-01')
  await away.getByLabel('Last day').fill('2099-01-01')
  await away.getByRole('button', { name: 'Set' }).click()
  await theirs.getByText('The absence is saved').waitFor()
  expect(await findViolations(theirs)).toEqual([])
  const lead = await rapport.leads.create({ body: { full_name: 'Gus' } })
  expect(lead.owner_id).toBe(bruno.session.user.id)
  await page.goto(`/leads/${lead.id}`)
  await page.getByText(/gave it to Bruno Souza, by the rule “Everyone in turn”/).waitFor()

  const phone = await open(desk, { viewport: { width: 390, height: 844 }, colorScheme: 'dark' })
  await phone.goto('/settings/assignment')
  await phone.getByText('Everyone in turn').waitFor()
  expect(await findViolations(phone)).toEqual([])
  await photograph(phone, 'assignment-phone-dark')
})
