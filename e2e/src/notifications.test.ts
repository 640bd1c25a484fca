/** What people are told of: at once, in a list that every window agrees on, and as they choose. */
import { findViolations, photograph } from './accessibility.ts'
import { addColleague } from './colleague.ts'
import type { Desk, Member } from './desk.ts'
import { expect, test } from './journey.ts'

const idOf = ({ session }: Member) => session.user.id
const mention = (desk: Desk, id: string, member: Member) =>
  desk.rapport.notes.create({
    body: {
      record: { object: 'lead', id },
      body: {
        type: 'doc',
        content: [{ type: 'paragraph', content: [{ type: 'mention', attrs: { id: idOf(member) } }] }],
      },
    },
  })

test('who is given a record hears of it, and what is opened in one window is read in all', async ({
  desk,
  open,
}) => {
  const colleague = await addColleague(desk, 'admin')
  const [page, other] = [await open(colleague), await open(colleague)]
  for (const window of [page, other]) {
    await window.goto('/products')
    await window.getByRole('heading', { name: 'No products yet' }).waitFor()
    await window.getByRole('button', { name: 'Notifications', exact: true }).waitFor()
  }
  const ada = await desk.rapport.leads.create({
    body: { full_name: 'Ada Moreau', owner_id: idOf(colleague) },
  })
  await page.getByText(`${desk.session.user.full_name} gave it to you`).waitFor()
  const tomas = await desk.rapport.leads.create({ body: { full_name: 'Tomás Rocha' } })
  await mention(desk, tomas.id, colleague)
  await page.getByText(/mentioned you in a note/).waitFor()
  await page.getByRole('button', { name: 'Notifications, 2 unread' }).waitFor()
  await expect.poll(() => page.title()).toMatch(/^\(2\) /)
  await photograph(page, 'notification-toasts')

  await page.keyboard.press('g')
  await page.keyboard.press('n')
  const centre = page.getByRole('dialog', { name: 'Notifications' })
  const rows = centre.getByRole('listitem')
  await expect.poll(() => rows.count()).toBe(2)
  expect(await findViolations(page)).toEqual([])
  await photograph(page, 'notification-centre')
  await page.emulateMedia({ colorScheme: 'dark' })
  await photograph(page, 'notification-centre-dark')
  await centre.getByRole('tab', { name: 'Mentions' }).click()
  await expect.poll(() => rows.count()).toBe(1)
  await centre.getByRole('tab', { name: 'All' }).click()
  await rows.getByRole('button', { name: /^Ada Moreau/ }).focus()
  await page.keyboard.press('Enter')
  await page.waitForURL(`**/leads/${ada.id}`)
  await centre.waitFor({ state: 'hidden' })
  await other.getByRole('button', { name: 'Notifications, 1 unread' }).waitFor()

  // What somebody looks at is read as it comes.
  await mention(desk, ada.id, colleague)
  const unread = async () => (await colleague.rapport.notifications.list({ query: {} })).items
  await expect
    .poll(async () => (await unread()).find(({ record_id }) => record_id === ada.id))
    .toMatchObject({
      latest: [{ type: 'mentioned_in_note' }, { type: 'record_assigned' }],
      count: 2,
      unread: 0,
    })
  await other.getByRole('button', { name: 'Notifications, 1 unread' }).click()
  await other.getByRole('dialog').getByRole('button', { name: 'Mark all as read' }).click()
  await page.getByRole('button', { name: 'Notifications', exact: true }).waitFor()
  await expect.poll(() => page.title()).not.toMatch(/^\(/)
})

test('what one wants to hear of is chosen by type and way, and a record is followed from its menu', async ({
  desk,
  page,
  open,
}) => {
  await page.goto('/settings/notifications')
  const box = page.getByRole('checkbox', { name: 'A record enters another stage: Pops up' })
  await box.waitFor()
  expect(await findViolations(page)).toEqual([])
  await photograph(page, 'notification-settings')
  await box.click()
  await page.getByRole('switch', { name: 'Quiet hours' }).click()
  await expect
    .poll(async () => desk.rapport.notifications.settings())
    .toMatchObject({
      channels: { stage_changed: { toast: true } },
      quiet_hours: { from: '20:00', to: '08:00' },
    })
  await page.getByRole('switch', { name: 'Quiet hours' }).click()

  const lead = await desk.rapport.leads.create({ body: { full_name: 'Ada Moreau' } })
  await page.goto(`/leads/${lead.id}`)
  await page.getByRole('button', { name: 'More actions' }).click()
  await page.getByRole('menuitem', { name: 'Stop following' }).click()
  await page.getByText('You will not be told of this any more').waitFor()
  const following = () => desk.rapport.notifications.following({ query: { object: 'lead', id: lead.id } })
  await expect.poll(following).toMatchObject({ following: false })

  const phone = await open(desk, {
    viewport: { width: 375, height: 812 },
    colorScheme: 'dark',
    hasTouch: true,
  })
  await phone.goto('/settings/notifications')
  await phone.getByRole('checkbox', { name: 'A record enters another stage: Pops up' }).waitFor()
  expect(await findViolations(phone)).toEqual([])
  expect(await phone.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0)
  await photograph(phone, 'notification-settings-phone')
  await phone.getByRole('button', { name: 'Notifications', exact: true }).click()
  await phone.getByRole('dialog').getByText('Nothing yet').waitFor()
  await photograph(phone, 'notification-centre-phone')
})

test('colleagues see who is here, who is not to be disturbed, and what they say of themselves', async ({
  desk,
  page,
  open,
}) => {
  const colleague = await addColleague(desk, 'admin')
  await page.goto('/settings/members')
  const row = page.getByRole('listitem').filter({ hasText: 'Bruno Souza' })
  await row.getByText('Offline', { exact: true }).waitFor()
  const other = await open(colleague)
  await other.goto('/products')
  await row.getByText('Online', { exact: true }).waitFor()
  await other.getByRole('button', { name: 'Account of Bruno Souza' }).click()
  await other.getByRole('menuitem', { name: 'Set a status…' }).click()
  await other.getByLabel('Status').fill('On the train')
  await other.keyboard.press('Enter')
  await row.getByText('On the train').waitFor()
  await other.getByRole('button', { name: 'Account of Bruno Souza' }).click()
  await other.getByRole('menuitem', { name: 'Do not disturb' }).hover()
  await photograph(other, 'presence-menu')
  await other.getByRole('menuitem', { name: 'For an hour' }).click()
  await row.getByText('Do not disturb', { exact: true }).waitFor()
  expect(await findViolations(page)).toEqual([])
  await photograph(page, 'presence-members')
  await other.close()
  await row.getByText('Offline', { exact: true }).waitFor()
})

/** The example of RFC 8291: nobody has the keys to it, and nothing is sent there. */
const subscription = {
  endpoint: 'https://push.example.net/push/JzLQ3raZJfFBR0aqvOMsLrt54w4rJUsV',
  keys: {
    p256dh: 'BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4',
    auth: 'BTBZMqHH6r4Tts7J_aSIgg',
  },
}

test('a browser that is pushed to shows what happened and opens it, in the window that is there', async ({
  desk,
  page,
}) => {
  const lead = await desk.rapport.leads.create({ body: { full_name: 'Ada Moreau' } })
  const context = page.context()
  await page.goto('/settings/notifications')
  const { origin } = new URL(page.url())
  await context.grantPermissions(['notifications'], { origin })
  const switchOn = page.getByRole('button', { name: 'Switch on in this browser' })
  await switchOn.waitFor()
  await desk.rapport.push.register({ body: subscription })
  await page.reload()
  await page.getByText('This browser', { exact: true }).waitFor()
  expect(await findViolations(page)).toEqual([])
  await photograph(page, 'push-devices')
  await page.getByRole('button', { name: /^Switch off: / }).click()
  await switchOn.waitFor()
  // No test has a push service of a browser's maker: what such a service would hand over is handed over by hand.
  await page.evaluate(async () => {
    await navigator.serviceWorker.register('/push-worker.js')
    await navigator.serviceWorker.ready
  })
  const cdp = await context.newCDPSession(page)
  let registrationId = ''
  cdp.on('ServiceWorker.workerRegistrationUpdated', ({ registrations }) => {
    registrationId = registrations[0]?.registrationId ?? registrationId
  })
  await cdp.send('ServiceWorker.enable')
  await expect.poll(() => registrationId).not.toBe('')
  const message = {
    title: 'Ada Moreau',
    body: 'Bruno Souza gave it to you',
    tag: `lead ${lead.id}`,
    open: `/told?object=lead&id=${lead.id}`,
    lang: 'en',
  }
  await cdp.send('ServiceWorker.deliverPushMessage', {
    origin,
    registrationId,
    data: JSON.stringify(message),
  })
  const shown = () =>
    page.evaluate(async () => {
      const { getNotifications } = await navigator.serviceWorker.ready.then((registration) => ({
        getNotifications: () => registration.getNotifications(),
      }))
      return (await getNotifications()).map(({ title, body, data }) => ({
        title,
        body,
        data: data as unknown,
      }))
    })
  await expect
    .poll(shown)
    .toEqual([{ title: message.title, body: message.body, data: { open: message.open } }])
  const [worker] = context.serviceWorkers()
  await worker?.evaluate(async () => {
    const scope = globalThis as unknown as {
      registration: { getNotifications: () => Promise<object[]> }
      dispatchEvent: (event: Event) => boolean
      NotificationEvent: new (type: string, init: { notification: object }) => Event
    }
    const [notification] = await scope.registration.getNotifications()
    if (notification) scope.dispatchEvent(new scope.NotificationEvent('notificationclick', { notification }))
  })
  await page.waitForURL(`**/leads/${lead.id}`)
  await expect.poll(shown).toEqual([])
})
