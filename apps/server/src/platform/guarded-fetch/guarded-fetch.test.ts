import { once } from 'node:events'
import type { RequestListener } from 'node:http'
import { createServer, type AddressInfo } from 'node:net'
import { brotliCompressSync, gzipSync } from 'node:zlib'
import { afterEach, describe, expect, test } from 'vitest'
import { createGuardedFetch, isGlobalAddress, type GuardedFetch } from './index.ts'
import { certificate, startPeer, type Peer } from './tls-peer.fixture.ts'
import type { Resolve } from './target.ts'

const local: Resolve = async () => [{ address: '127.0.0.1', family: 4 }]
const peers: Peer[] = []
afterEach(async () => {
  await Promise.all(peers.splice(0).map((peer) => peer.close()))
})

async function peerThat(answer: RequestListener, ...where: [host?: string, port?: number]): Promise<Peer> {
  const peer = await startPeer(answer, ...where)
  peers.push(peer)
  return peer
}

type Reach = { call: GuardedFetch; url: string }
type Limits = { connect_ms?: number; total_ms?: number; resolve?: Resolve }

/** The way out, with this machine counted as public for the test. */
function toward(port: number, { resolve = local, ...limits }: Limits = {}): Reach {
  const accepts = (address: string) => address === '127.0.0.1'
  const call = createGuardedFetch({ ports: [port], resolve, accepts, ca: certificate, ...limits })
  return { call, url: `https://hooks.test:${port}/hook` }
}

const refusal = (code: string) => expect.objectContaining({ name: 'OutgoingError', code })

describe('an address', () => {
  test.each([
    '0.0.0.0',
    '10.1.2.3',
    '100.64.0.1',
    '100.100.100.200',
    '127.0.0.1',
    '127.255.255.254',
    '168.63.129.16',
    '169.254.169.254',
    '172.16.0.1',
    '172.31.255.255',
    '192.0.0.192',
    '192.0.2.1',
    '192.88.99.1',
    '192.168.0.1',
    '198.18.0.1',
    '198.51.100.1',
    '203.0.113.1',
    '224.0.0.1',
    '240.0.0.1',
    '255.255.255.255',
    '::',
    '::1',
    '::127.0.0.1',
    '::ffff:127.0.0.1',
    '::ffff:8.8.8.8',
    '::ffff:0:127.0.0.1',
    '64:ff9b::7f00:1',
    '64:ff9b::8.8.8.8',
    '64:ff9b:1::1',
    '100::1',
    '2001::1',
    '2001:db8::1',
    '2002:7f00:1::',
    'fc00::1',
    'fd00:ec2::254',
    'fe80::1',
    'fe80::1%eth0',
    'fec0::1',
    'ff02::1',
    '4000::1',
    'not an address',
    '',
  ])('that is not public is refused: %s', (address) => {
    expect(isGlobalAddress(address)).toBe(false)
  })

  test.each(['8.8.8.8', '1.1.1.1', '172.32.0.1', '100.63.255.255', '2606:4700:4700::1111', '2a00:1450::1'])(
    'that is public is taken: %s',
    (address) => {
      expect(isGlobalAddress(address)).toBe(true)
    },
  )
})

describe('a web address', () => {
  const never: Resolve = async () => {
    throw new Error('nothing may be resolved')
  }
  test.each([
    ['http://example.com/', 'scheme_refused'],
    ['ftp://example.com/', 'scheme_refused'],
    ['file:///etc/passwd', 'scheme_refused'],
    ['javascript:alert(1)', 'scheme_refused'],
    ['example.com', 'url_invalid'],
    ['https://', 'url_invalid'],
    ['https://user@example.com/', 'credentials_refused'],
    ['https://user:pass@example.com/', 'credentials_refused'],
    ['https://example.com:22/', 'port_refused'],
    ['https://example.com:8080/', 'port_refused'],
    ['https://127.0.0.1/', 'address_refused'],
    ['https://0x7f.1/', 'address_refused'],
    ['https://2130706433/', 'address_refused'],
    ['https://0177.0.0.1/', 'address_refused'],
    ['https://169.254.169.254/latest/meta-data/', 'address_refused'],
    ['https://[::1]/', 'address_refused'],
    ['https://[::ffff:7f00:1]/', 'address_refused'],
    ['https://[::ffff:169.254.169.254]/', 'address_refused'],
    ['https://①②⑦.0.0.1/', 'address_refused'],
  ])('that could lead inside is refused before anything is sent: %s', async (url, code) => {
    const call = createGuardedFetch({ ports: [443, 8443], resolve: never })
    await expect(call(url)).rejects.toThrow(refusal(code))
  })

  test.each(['localhost', 'localhost.', 'postgres', 'metadata.google.internal', 'inner.example.com'])(
    'is refused when its name leads inside: %s',
    async (name) => {
      const call = createGuardedFetch({ ports: [443], resolve: local })
      await expect(call(`https://${name}/`)).rejects.toThrow(refusal('address_refused'))
    },
  )

  test('is refused when only one of its addresses is inside', async () => {
    const resolve: Resolve = async () => [
      { address: '8.8.8.8', family: 4 },
      { address: '::1', family: 6 },
    ]
    const call = createGuardedFetch({ ports: [443], resolve })
    await expect(call('https://mixed.example.com/')).rejects.toThrow(refusal('address_refused'))
  })

  test('whose name is unknown says so, and says nothing about the resolver', async () => {
    const resolve: Resolve = async () => {
      throw new Error('ENOTFOUND via 10.0.0.53')
    }
    const failed = createGuardedFetch({ ports: [443], resolve })('https://gone.example.com/')
    await expect(failed).rejects.toThrow(refusal('name_unknown'))
    await expect(failed).rejects.toThrow(expect.not.stringContaining('10.0.0.53'))
  })
})

describe('an outgoing request', () => {
  test('reaches a public server and brings its answer back', async () => {
    const peer = await peerThat((request, reply) => {
      const seen: Buffer[] = []
      request.on('data', (chunk: Buffer) => seen.push(chunk))
      request.on('end', () => {
        reply.setHeader('x-seen', [request.method, request.url, request.headers['x-own']].join(' '))
        reply.end(Buffer.concat(seen))
      })
    })
    const { call, url } = toward(peer.port)
    const answer = await call(url, { method: 'POST', body: '{"a":1}', headers: { 'X-Own': 'yes' } })
    expect(answer).toMatchObject({ status: 200, headers: { 'x-seen': 'POST /hook yes' } })
    expect(answer.body.toString()).toBe('{"a":1}')
  })

  test('tells of a refusal of the other side by its status', async () => {
    const peer = await peerThat((_, reply) => reply.writeHead(500).end('broken'))
    const { call, url } = toward(peer.port)
    expect(await call(url)).toMatchObject({ status: 500 })
  })

  test('goes to the address that was checked, though the name resolves to another one by then', async () => {
    const outside = await peerThat((_, reply) => reply.end('outside'))
    const inside = await peerThat((_, reply) => reply.end('inside'), '127.0.0.2', outside.port)
    let asked = 0
    const rebinding: Resolve = async () => {
      asked += 1
      return [{ address: asked === 1 ? '127.0.0.1' : '127.0.0.2', family: 4 }]
    }
    const { call, url } = toward(outside.port, { resolve: rebinding })
    expect((await call(url)).body.toString()).toBe('outside')
    expect([asked, inside.requests]).toEqual([1, 0])
    // The next request resolves anew, and is refused.
    await expect(call(url)).rejects.toThrow(refusal('address_refused'))
    expect(inside.requests).toBe(0)
  })

  test('is not made when the certificate is for another name', async () => {
    const peer = await peerThat((_, reply) => reply.end('not for you'))
    const { call } = toward(peer.port)
    await expect(call(`https://other.test:${peer.port}/`)).rejects.toThrow(refusal('unreachable'))
    expect(peer.requests).toBe(0)
  })

  test.each([301, 302, 303, 307, 308])('does not follow a redirection (%i)', async (status) => {
    const peer = await peerThat((_, reply) =>
      reply.writeHead(status, { location: 'https://169.254.169.254/latest/meta-data/' }).end('moved'),
    )
    const { call, url } = toward(peer.port)
    await expect(call(url)).rejects.toThrow(refusal('redirected'))
    expect(peer.requests).toBe(1)
  })

  test.each([
    ['Host', 'inner'],
    ['transfer-encoding', 'chunked'],
    ['Proxy-Authorization', 'Basic x'],
    ['X-Forwarded-For', '127.0.0.1'],
    ['Cookie', 'a=b'],
    ['x-split', 'a\r\nHost: inner'],
    ['x split', 'a'],
  ])('carries no header that steers the connection: %s', async (name, value) => {
    const { call, url } = toward(1)
    await expect(call(url, { headers: { [name]: value } })).rejects.toThrow(refusal('header_refused'))
  })

  test('ignores a proxy that the environment names', async () => {
    const peer = await peerThat((_, reply) => reply.end('direct'))
    process.env['HTTPS_PROXY'] = 'http://127.0.0.1:9'
    try {
      const { call, url } = toward(peer.port)
      expect((await call(url)).body.toString()).toBe('direct')
    } finally {
      delete process.env['HTTPS_PROXY']
    }
  })
})

describe('an answer', () => {
  const big = Buffer.alloc(5_000_000, 'a')

  test('that is larger than asked for is cut off, whatever length it claims', async () => {
    const peer = await peerThat((_, reply) => reply.end(big))
    const { call, url } = toward(peer.port)
    await expect(call(url, { max_bytes: 100_000 })).rejects.toThrow(refusal('too_large'))
  })

  test.each([
    ['gzip', gzipSync(big)],
    ['br', brotliCompressSync(big)],
  ])('that unfolds to more than asked for is cut off (%s)', async (encoding, packed) => {
    expect(packed.length).toBeLessThan(100_000)
    const peer = await peerThat((_, reply) => reply.setHeader('content-encoding', encoding).end(packed))
    const { call, url } = toward(peer.port)
    await expect(call(url, { max_bytes: 100_000 })).rejects.toThrow(refusal('too_large'))
  })

  test('that came packed although it was not asked for is unpacked', async () => {
    const peer = await peerThat((_, reply) =>
      reply.setHeader('content-encoding', 'gzip').end(gzipSync('yes')),
    )
    const { call, url } = toward(peer.port)
    expect((await call(url)).body.toString()).toBe('yes')
  })

  test.each(['gzip, gzip', 'zstd'])('in an encoding nobody unpacks is refused: %s', async (encoding) => {
    const peer = await peerThat((_, reply) => reply.setHeader('content-encoding', encoding).end('x'))
    const { call, url } = toward(peer.port)
    await expect(call(url)).rejects.toThrow(refusal('unreadable'))
  })

  test('with endless headers is cut off', async () => {
    const peer = await peerThat((_, reply) => reply.setHeader('x-long', 'a'.repeat(60_000)).end())
    const { call, url } = toward(peer.port)
    await expect(call(url)).rejects.toThrow(refusal('too_large'))
  })

  test('that drips is not waited for beyond the time for the whole', async () => {
    const peer = await peerThat((_, reply) => {
      const drip = setInterval(() => reply.write('a'), 20)
      reply.on('close', () => clearInterval(drip))
    })
    const { call, url } = toward(peer.port, { total_ms: 300 })
    const started = performance.now()
    await expect(call(url)).rejects.toThrow(refusal('timed_out'))
    expect(performance.now() - started).toBeLessThan(20_000)
  })

  test('that never begins is not waited for', async () => {
    const peer = await peerThat(() => undefined)
    const { call, url } = toward(peer.port, { total_ms: 300 })
    await expect(call(url)).rejects.toThrow(refusal('timed_out'))
  })
})

describe('a connection', () => {
  test('that is accepted and then left hanging ends after the time to connect', async () => {
    const silent = createServer().listen(0, '127.0.0.1')
    await once(silent, 'listening')
    try {
      const { port } = silent.address() as AddressInfo
      const { call, url } = toward(port, { connect_ms: 200 })
      await expect(call(url)).rejects.toThrow(refusal('timed_out'))
    } finally {
      silent.close()
    }
  })

  test('to a name that resolves for ever ends after the time for the whole', async () => {
    const { call, url } = toward(1, { total_ms: 100, resolve: () => new Promise(() => undefined) })
    await expect(call(url)).rejects.toThrow(refusal('timed_out'))
  })

  test('that is refused is told like any other that could not be made', async () => {
    const { call, url } = toward(1)
    await expect(call(url)).rejects.toThrow(refusal('unreachable'))
  })
})
