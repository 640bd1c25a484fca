/** The team talks: two people, on a desk and on a phone, with and without a connection. */
import type { ChatChannel } from '@rapport/contracts'
import type { Page } from 'playwright-core'
import { findViolations, photograph } from './accessibility.ts'
import { addColleague } from './colleague.ts'
import type { Desk, Member } from './desk.ts'
import { expect, test } from './journey.ts'

const phone = { viewport: { width: 390, height: 780 }, hasTouch: true, isMobile: true }

const log = (page: Page) => page.getByRole('log', { name: /^Conversation/ })
const field = (page: Page) => page.getByRole('textbox', { name: /^Message/ })
const list = (page: Page) => page.getByRole('navigation', { name: 'Conversations' })
const said = (page: Page, text: string) => log(page).getByRole('article').filter({ hasText: text })

async function say(page: Page, text: string): Promise<void> {
  await field(page).click()
  await page.keyboard.type(text)
}
const textsOf = async ({ rapport }: Member, { id }: Pick<ChatChannel, 'id'>) =>
  (await rapport.chat.messages({ params: { id } })).items.map(({ text }) => text)

async function aChannel(desk: Desk, ...others: Member[]): Promise<ChatChannel> {
  const member_ids = others.map(({ session }) => session.user.id)
  return desk.rapport.chat.createChannel({
    body: { kind: 'public', name: 'arrivals', ...(member_ids.length > 0 ? { member_ids } : {}) },
  })
}

test('two people talk on a desk and a phone: each sees at once what the other says, answers, feels and takes back', async ({
  desk,
  page,
  open,
}) => {
  const bruno = await addColleague(desk, 'sales')
  const channel = await aChannel(desk, bruno)
  const other = await open(bruno, phone)
  await other.goto('/chat')
  await page.goto(`/chat/${channel.id}`)
  await say(page, 'The container **is here** @bruno')
  await page.getByRole('listbox', { name: 'Members' }).getByRole('option').first().waitFor()
  await page.keyboard.press('Enter')
  await page.keyboard.press('Enter')
  await said(page, '@Bruno Souza').waitFor()
  // On the other's list of conversations, which is all that the phone shows.
  await list(other).getByText('1 message for you').waitFor()
  expect(await findViolations(other)).toEqual([])
  await photograph(other, 'chat-list-phone')
  await list(other)
    .getByRole('link', { name: /arrivals/ })
    .tap()
  await said(other, 'The container is here').waitFor()

  await field(other).tap()
  await other.keyboard.type('I look at it')
  await other.getByRole('button', { name: 'Send', exact: true }).tap()
  await said(page, 'I look at it').waitFor()
  expect(await findViolations(other)).toEqual([])
  await photograph(other, 'chat-phone')

  await said(page, 'I look at it').hover()
  await page.getByRole('button', { name: 'React with 👍' }).click()
  await said(other, 'I look at it').getByRole('button', { name: /^👍 1/ }).waitFor()
  await page.getByRole('button', { name: 'Reply in thread' }).click()
  await page.getByRole('textbox', { name: 'Reply' }).waitFor()
  await page.keyboard.type('Thank you')
  await page.keyboard.press('Enter')
  await said(other, 'I look at it')
    .getByRole('button', { name: /1 reply/ })
    .waitFor()
  expect(await findViolations(page)).toEqual([])
  await photograph(page, 'chat-thread')
  // The first message of a thread is reached by a finger and by keys.
  await said(other, 'I look at it')
    .getByRole('button', { name: /1 reply/ })
    .tap()
  const thread = other.getByRole('complementary', { name: 'Thread' })
  await thread.getByRole('article').filter({ hasText: 'I look at it' }).tap()
  await photograph(other, 'chat-thread-phone')
  await thread.getByRole('button', { name: 'More', exact: true }).tap()
  await other.getByRole('menuitem', { name: 'Pin to the channel' }).tap()
  await said(page, 'Pinned by Bruno Souza').waitFor()
  await thread.getByRole('button', { name: 'Back' }).tap()
  const root = page.getByRole('complementary', { name: 'Thread' }).getByRole('article').first()
  await root.focus()
  await root.getByRole('button', { name: 'React with ❤️' }).click()
  await page.getByRole('textbox', { name: 'Reply' }).focus()
  await page.keyboard.press('Escape')
  await page.getByRole('complementary', { name: 'Thread' }).waitFor({ state: 'detached' })

  // The arrow up in an empty field takes one's last words in hand again.
  await field(page).click()
  await page.keyboard.press('ArrowUp')
  await page.getByRole('textbox', { name: 'Edit message' }).waitFor()
  await page.keyboard.type(' now')
  await page.keyboard.press('Enter')
  await said(other, '(edited)').waitFor()
  await said(page, '(edited)').hover()
  await page.getByRole('button', { name: 'More', exact: true }).click()
  await page.getByRole('menuitem', { name: 'Delete message' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Delete message' }).click()
  await said(other, 'This message was deleted.').waitFor()
  expect(await said(other, 'container').count()).toBe(0)
})

test('what is written without a connection is sent when it is back, and offered again after a reload', async ({
  desk,
  page,
  expectComplaint,
}) => {
  expectComplaint(/ERR_INTERNET_DISCONNECTED|ERR_FAILED|Failed to load resource/)
  const channel = await aChannel(desk)
  await page.goto(`/chat/${channel.id}`)
  await say(page, 'Before')
  await page.keyboard.press('Enter')
  await expect.poll(() => textsOf(desk, channel)).toEqual(['Before'])
  await page.context().setOffline(true)
  await say(page, 'Between')
  await page.keyboard.press('Enter')
  await said(page, 'Between').getByText('No connection.').waitFor()
  await photograph(page, 'chat-offline')
  await page.context().setOffline(false)
  await expect.poll(() => textsOf(desk, channel)).toEqual(['Before', 'Between'])

  // The server does not answer, and the window is loaded anew: nobody knows whether it has arrived.
  await page.route(/\/messages$/, (route) =>
    route.request().method() === 'POST' ? route.abort() : route.continue(),
  )
  await say(page, 'After')
  await page.keyboard.press('Enter')
  await said(page, 'After').getByText('No connection.').waitFor()
  await page.unroute(/\/messages$/)
  await page.route(/\/messages$/, (route) => route.continue())
  await page.reload()
  await said(page, 'After').getByText('Not sent.').waitFor()
  expect(await findViolations(page)).toEqual([])
  await said(page, 'After').getByRole('button', { name: 'Send again' }).click()
  await expect.poll(() => textsOf(desk, channel)).toEqual(['Before', 'Between', 'After'])
  await expect.poll(() => said(page, 'After').count()).toBe(1)
})

test('a message of long ago is found, pinned and gone to; a conversation stands on its record', async ({
  desk,
  page,
}) => {
  const channel = await aChannel(desk)
  const lead = await desk.rapport.leads.create({ body: { full_name: 'Noor Haddad' } })
  let seal = ''
  for (let number = 1; number <= 70; number += 1) {
    const { id } = await desk.rapport.chat.post({
      params: { id: channel.id },
      body: {
        client_id: `line-${number}`,
        body: number === 3 ? 'The seal is number 4711' : `Line ${number}`,
      },
    })
    if (number === 3) seal = id
  }
  const reply = await desk.rapport.chat.post({
    params: { id: channel.id },
    body: { client_id: 'reply', body: 'Noted', reply_to: seal },
  })
  // A link to a reply, as a notification has it, opens the thread that it stands in.
  await page.goto(`/chat/${channel.id}?message=${reply.id}`)
  await page.getByRole('complementary', { name: 'Thread' }).getByText('Noted').waitFor()
  await page.goto(`/chat/${channel.id}`)
  await said(page, 'Line 70').waitFor()
  expect(await said(page, '4711').count()).toBe(0)
  await page.getByRole('main').getByRole('button', { name: 'Search messages' }).last().click()
  await page.getByRole('searchbox', { name: 'Search messages' }).fill('4711')
  await page.getByRole('button', { name: /^Go to message .* 4711/ }).click()
  await said(page, '4711').waitFor()
  await photograph(page, 'chat-jump')
  await said(page, '4711').hover()
  await page.getByRole('button', { name: 'More', exact: true }).click()
  await page.getByRole('menuitem', { name: 'Pin to the channel' }).click()
  await said(page, 'Pinned by Ana Lima').waitFor()
  await page.getByRole('button', { name: 'Latest messages' }).click()
  await said(page, 'Line 70').waitFor()
  await page.getByRole('button', { name: 'Pinned messages' }).click()
  await page.getByRole('complementary', { name: 'Pinned messages' }).getByText('4711').waitFor()
  expect(await findViolations(page)).toEqual([])

  await page.goto(`/leads/${lead.id}`)
  await page.getByRole('button', { name: 'Talk about it with the team' }).click()
  await say(page, 'She wants two offers')
  await page.keyboard.press('Enter')
  await said(page, 'She wants two offers').waitFor()
  await page.locator('[data-chat-files]').setInputFiles({
    name: 'offer.txt',
    mimeType: 'text/plain',
    buffer: Buffer.from('Two containers'),
  })
  await page.getByRole('button', { name: 'Do not send offer.txt' }).waitFor()
  await page.getByRole('button', { name: 'Send', exact: true }).click()
  await said(page, 'offer.txt').waitFor()

  // Spoken, sent and heard again.
  await page.getByRole('button', { name: 'Record a voice note' }).click()
  await page.getByText('Recording, 0:01').waitFor()
  await page.getByRole('button', { name: 'Add the voice note' }).click()
  await page.getByRole('button', { name: /^Do not send voice-/ }).waitFor()
  await page.getByRole('button', { name: 'Send', exact: true }).click()
  await log(page).getByRole('button', { name: 'Play voice note' }).click()
  await log(page).getByText('0:01').waitFor()

  await page.getByRole('button', { name: 'Open in chat' }).click()
  await page.getByRole('heading', { level: 1, name: 'Noor Haddad' }).waitFor()
  await said(page, 'She wants two offers').waitFor()
  await page.getByRole('button', { name: 'Files', exact: true }).click()
  const files = page.getByRole('complementary', { name: 'Files' })
  await files.getByRole('button', { name: 'Play voice note' }).waitFor()
  // It was heard before, and yet it does not begin by itself.
  expect(await files.getByText(/^0:0/).count()).toBe(0)
  expect(await findViolations(page)).toEqual([])
  await photograph(page, 'chat-files')
  await files.getByRole('button', { name: 'Go to the message with offer.txt' }).click()
  await expect.poll(() => new URL(page.url()).searchParams.has('message')).toBe(true)
})

test('what one wants to be reminded of is put off and done with; a private channel is set up, archived and left by who may', async ({
  desk,
  page,
  open,
  expectComplaint,
}) => {
  // Who was taken out asks once more, and is told that there is nothing.
  expectComplaint(/404/)
  const bruno = await addColleague(desk, 'sales')
  const channel = await desk.rapport.chat.createChannel({
    body: { kind: 'private', name: 'prices', member_ids: [bruno.session.user.id] },
  })
  const other = await open(bruno, phone)
  await other.goto(`/chat/${channel.id}`)
  await page.goto(`/chat/${channel.id}`)
  await say(page, 'New prices on Monday')
  await page.keyboard.press('Enter')
  await said(other, 'New prices').waitFor()

  await said(page, 'New prices').hover()
  await page.getByRole('button', { name: 'More', exact: true }).click()
  await page.getByRole('menuitem', { name: 'Remind me' }).click()
  await page.getByRole('menuitem', { name: 'In an hour' }).click()
  await list(page).getByRole('button', { name: 'Reminders' }).click()
  const reminders = page.getByRole('complementary', { name: 'Reminders' })
  await reminders.getByText('New prices on Monday').waitFor()
  await reminders.getByRole('button', { name: 'Remind me at another time' }).click()
  await page.getByRole('menuitem', { name: 'Another time…' }).click()
  await page.getByLabel('When').fill('2045-01-02T09:30')
  await page.getByRole('dialog').getByRole('button', { name: 'Remind me' }).click()
  await reminders.getByText(/2045/).waitFor()
  expect((await desk.rapport.chat.reminders()).items).toHaveLength(1)
  expect(await findViolations(page)).toEqual([])
  await photograph(page, 'chat-reminders')
  await reminders.getByRole('button', { name: 'Done' }).click()
  await reminders.getByText('Nothing to be reminded of').waitFor()

  await page.getByRole('button', { name: '2 members: show' }).click()
  await page.getByRole('button', { name: 'Take Bruno Souza out of the channel' }).click()
  await other.getByRole('heading', { level: 1 }).filter({ hasNotText: 'prices' }).waitFor()
  expect(await other.getByText('New prices').count()).toBe(0)
  const told = page.getByRole('dialog', { name: 'Bruno Souza is not in prices any more' })
  await told.getByRole('button', { name: 'Undo' }).click()
  const members = page.getByRole('dialog', { name: 'Members' })
  await members.getByText('Bruno Souza').waitFor()
  await members.getByRole('button', { name: 'Close' }).click()

  const choose = async (screen: Page, name: string) => {
    await screen.getByRole('button', { name: 'More about the channel' }).click()
    await screen.getByRole('menuitem', { name }).click()
  }
  await choose(page, 'Channel settings')
  const download = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Export messages' }).click()
  expect((await download).suggestedFilename()).toBe('prices.ndjson')
  await page.getByRole('combobox', { name: 'Keep messages' }).click()
  await page.getByRole('option', { name: 'For 30 days' }).click()
  expect(await findViolations(page)).toEqual([])
  await photograph(page, 'chat-settings')
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await page.getByRole('dialog', { name: 'Delete all that is older than 30 days?' }).waitFor()
  await page.getByRole('button', { name: 'Save and delete' }).click()
  await log(page).getByText('Messages are deleted after 30 days.').waitFor()

  await choose(page, 'Archive channel')
  await page.getByText('This channel is archived.').waitFor()
  await page.getByRole('button', { name: 'Add a channel' }).click()
  await page.getByRole('menuitem', { name: 'Archived channels' }).click()
  await photograph(page, 'chat-archived')
  await page.getByRole('button', { name: 'Take prices out of the archive' }).click()
  await page.getByText('No channel is archived.').waitFor()

  await other.goto(`/chat/${channel.id}`)
  await choose(other, 'Leave')
  await other.getByRole('dialog', { name: 'Leave prices?' }).getByRole('button', { name: 'Leave' }).click()
  await expect
    .poll(async () => (await desk.rapport.chat.members({ params: { id: channel.id } })).items.length)
    .toBe(1)
  await list(other).waitFor()
})

test('where real time is switched off, the conversation is still read and written', async ({
  desk,
  open,
}) => {
  await desk.rapport.featureFlags.update({ body: { realtime: false } })
  const channel = await aChannel(desk)
  const page = await open(desk)
  await page.goto(`/chat/${channel.id}`)
  await say(page, 'Anybody there?')
  await page.keyboard.press('Enter')
  await said(page, 'Anybody there?').waitFor()
  await desk.rapport.chat.post({
    params: { id: channel.id },
    body: { client_id: 'from-elsewhere', body: 'I am, on another screen' },
  })
  await said(page, 'I am, on another screen').waitFor()
})
