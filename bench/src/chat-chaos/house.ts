/** Where the chat is served: one process with a database of its own, or several behind one address. */
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { connect, createServer, type AddressInfo, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { pino } from 'pino'
import { startPostgres } from '../../../apps/server/src/platform/postgres/index.ts'
import { startRedis } from '../../../apps/server/src/platform/testing/redis.ts'
import { ServerUnderFire } from '../chaos/server.ts'

export type House = {
  url: string
  /** Kills a process, one after the other, and starts it again. */
  killOne: () => Promise<void>
  /** A connection as the application's own role. */
  connect: () => Promise<pg.Client>
  remove: () => Promise<void>
}

export const openHouse = (processes: number): Promise<House> =>
  processes === 1 ? openSingle() : openSeveral(processes)

async function openSingle(): Promise<House> {
  const server = await ServerUnderFire.create()
  await server.ensureHealthy()
  return {
    url: server.url,
    async killOne() {
      await server.kill('server')
      await server.ensureHealthy()
    },
    connect: () => server.connect(),
    remove: () => server.remove(),
  }
}

async function openSeveral(processes: number): Promise<House> {
  const dataDir = mkdtempSync(join(tmpdir(), 'rapport-chaos-'))
  chmodSync(dataDir, 0o711) // run as root, the database's own user has to pass through
  const postgres = await startPostgres({ dataDir, log: pino({ level: 'error' }) })
  const redis = await startRedis()
  const shared = { DATABASE_URL: postgres.url, REDIS_URL: redis.url, RAPPORT_DATA_DIR: dataDir }
  const servers: ServerUnderFire[] = []
  for (let count = 0; count < processes; count += 1) {
    const server = await ServerUnderFire.create(shared)
    await server.ensureHealthy() // the first makes what all of them share
    servers.push(server)
  }
  const balancer = await balance(servers)
  let turn = 0
  return {
    url: balancer.url,
    async killOne() {
      const victim = servers[turn++ % servers.length]
      await victim?.kill('server')
      await victim?.ensureHealthy()
    },
    async connect() {
      const client = new pg.Client({ connectionString: postgres.url })
      await client.connect()
      return client
    },
    async remove() {
      balancer.close()
      for (const server of servers) await server.remove()
      await redis.kill()
      await postgres.stop()
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
}

/** Hands each connection to one of the servers by turns, and past those that do not answer. */
async function balance(servers: readonly ServerUnderFire[]): Promise<{ url: string; close: () => void }> {
  const open = new Set<Socket>()
  let turn = 0

  function hand(client: Socket, attempts: number): void {
    const port = Number(new URL(servers[turn++ % servers.length]?.url ?? '').port)
    const server = connect(port, '127.0.0.1')
    let reached = false
    server.once('connect', () => {
      reached = true
      client.pipe(server).pipe(client)
    })
    server.on('error', () => {
      if (!reached && attempts > 1) hand(client, attempts - 1)
      else client.destroy()
    })
    server.on('close', () => {
      if (reached) client.destroy()
    })
    client.on('close', () => server.destroy())
  }

  const listening = createServer((client) => {
    open.add(client)
    client.on('error', () => client.destroy())
    client.on('close', () => open.delete(client))
    hand(client, servers.length)
  })
  await new Promise<void>((resolve) => listening.listen(0, '127.0.0.1', resolve))
  const { port } = listening.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    close() {
      listening.close()
      for (const client of open) client.destroy()
    },
  }
}
