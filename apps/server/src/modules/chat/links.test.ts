/** What is kept of the pages behind links: what they call themselves, as text; and nothing of what is no public page. */
import type { RequestListener } from 'node:http'
import { afterAll, expect, test } from 'vitest'
import { createGuardedFetch, isGlobalAddress } from '../../platform/guarded-fetch/index.ts'
import { certificate, startPeer } from '../../platform/guarded-fetch/tls-peer.fixture.ts'
import { openChat } from './chat.fixture.ts'
import { makePreviews } from './links.ts'

// Links are asked by the tests alone, which know the way to their own server.
const { app, owner, aChannel, said, pageOf, close } = await openChat({ RAPPORT_ROLE: 'web' })
afterAll(close)

/** What is told of a message with a link to a server that answers like this. */
async function previewsOf(
  answer: RequestListener,
  accepts = (address: string): boolean => address === '127.0.0.1',
) {
  const peer = await startPeer(answer)
  const guardedFetch = createGuardedFetch({
    ports: [peer.port],
    resolve: async () => [{ address: '127.0.0.1', family: 4 }],
    accepts,
    ca: certificate,
    total_ms: 700,
  })
  const channel = await aChannel('private')
  const { id } = await said(channel, `See https://hooks.test:${peer.port}/page.`)
  const job = { organization_id: owner.session.organization.id, user_id: null, message_id: id }
  await makePreviews({ tenancy: app.app.platform.tenancy, guardedFetch }, job)
  const { requests } = peer
  await peer.close()
  const [message] = (await pageOf(channel)).items
  return { links: message?.links, requests }
}

const html =
  (content: string, type = 'text/html; charset=utf-8'): RequestListener =>
  (_, reply) =>
    void reply.setHeader('content-type', type).end(content)

test('a page is told by its title, its description and its site', async () => {
  const { links } = await previewsOf(
    html(`<html><head><title>Other</title><meta property="og:title" content="Pricing &amp; plans">
      <meta name='description' content='What it
      costs.'><meta property="og:site_name" content="Hooks"></head></html>`),
  )
  expect(links).toMatchObject([{ title: 'Pricing & plans', description: 'What it costs.', site: 'Hooks' }])
})

test('without more than a title, the site is the name of the server', async () => {
  const { links } = await previewsOf(html('<title>Just this</title>'))
  expect(links).toMatchObject([{ title: 'Just this', description: null, site: 'hooks.test' }])
})

test('pictures and scripts of a page are neither kept nor asked for', async () => {
  const page = `<title>Plain</title><meta property="og:image" content="https://hooks.test/i.png"><script src="/x.js"></script>
    <meta property="og:description" content="a"><img src=x onerror=alert(1)>`
  const { links, requests } = await previewsOf(html(page))
  expect(requests).toBe(1)
  expect(links).toMatchObject([{ title: 'Plain', description: 'a' }])
  expect(JSON.stringify(links)).not.toMatch(/<script|x\.js|\.png|onerror/)
})

test.each<[string, RequestListener]>([
  ['is no web page', html('<title>No page</title>', 'application/pdf')],
  ['has no title', html('<p>Nothing</p>')],
  [
    'is not there',
    (_, reply) => void reply.writeHead(404, { 'content-type': 'text/html' }).end('<title>Gone</title>'),
  ],
  ['is larger than half a megabyte', html(`<title>Huge</title>${'x'.repeat(600 * 1024)}`)],
  ['never comes', () => undefined],
  [
    'comes in drops',
    (_, reply) => {
      reply.setHeader('content-type', 'text/html')
      const drip = setInterval(() => reply.write('<title>Slow'), 100)
      reply.on('close', () => clearInterval(drip))
    },
  ],
])('what %s leaves the link as it is', async (_, answer) => {
  expect(await previewsOf(answer)).toEqual({ links: [], requests: 1 })
})

test('nobody is led elsewhere, and so not inside', async () => {
  const inside = await startPeer(html('<title>Secret</title>'))
  const location = `https://127.0.0.1:${inside.port}/`
  const away: RequestListener = (_, reply) =>
    void reply.writeHead(302, { location, 'content-type': 'text/html' }).end('<title>Away</title>')
  expect(await previewsOf(away)).toEqual({ links: [], requests: 1 })
  expect(inside.requests).toBe(0)
  await inside.close()
})

test('a name that leads to an address inside is not asked at all', async () => {
  expect(await previewsOf(html('<title>Secret</title>'), isGlobalAddress)).toEqual({ links: [], requests: 0 })
})
