import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { Client } from 'pg'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { DataDirectoryInUse, type Postgres, startPostgres } from './index.ts'
import { isAlive } from './processes.ts'

/** A stopped data directory that each test gets a copy of: making one takes longer than all the rest. */
let prepared: string
let root: string
let dataDir: string
let running: Postgres[]
let holders: ChildProcess[]
const log = { info: vi.fn<(message: string) => void>() }

beforeAll(async () => {
  prepared = mkdtempSync(join(tmpdir(), 'rapport postgres '))
  chmodSync(prepared, 0o711)
  await (await startPostgres({ dataDir: prepared, log })).stop()
})
afterAll(() => rmSync(prepared, { recursive: true, force: true }))

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'rapport postgres '))
  chmodSync(root, 0o711)
  dataDir = join(root, 'a data directory')
  cpSync(prepared, dataDir, { recursive: true })
  running = []
  holders = []
  log.info.mockClear()
})

afterEach(async () => {
  await Promise.all(holders.map(kill))
  await Promise.all(running.map((server) => server.stop()))
  // Whatever a killed holder left behind is stopped by a last start.
  if (holders.length > 0) await (await startPostgres({ dataDir, log })).stop()
  rmSync(root, { recursive: true, force: true })
})

async function start(): Promise<Postgres> {
  const server = await startPostgres({ dataDir, log })
  running.push(server)
  return server
}

/** The embedded PostgreSQL held by a process of its own, which can be killed. */
async function startElsewhere(): Promise<{ holder: ChildProcess; url: string }> {
  const fixture = fileURLToPath(new URL('./embedded.fixture.ts', import.meta.url))
  const holder = spawn(process.execPath, [fixture, dataDir], { stdio: ['ignore', 'pipe', 'inherit'] })
  holders.push(holder)
  for await (const line of createInterface(holder.stdout)) {
    const { url }: { url: string } = JSON.parse(line)
    return { holder, url }
  }
  throw new Error('The holder ended before it was ready')
}

async function query(url: string, text: string): Promise<Record<string, unknown>[]> {
  const client = new Client({ connectionString: url })
  client.on('error', () => undefined)
  await client.connect()
  try {
    return (await client.query<Record<string, unknown>>(text)).rows
  } finally {
    await client.end()
  }
}

async function kill(holder: ChildProcess): Promise<void> {
  if (holder.exitCode !== null || holder.signalCode !== null) return
  const exited = once(holder, 'exit')
  holder.kill('SIGKILL')
  await exited
}

const pidFile = () => join(dataDir, 'postgres', 'postmaster.pid')
const readPostmasterPid = () => Number(readFileSync(pidFile(), 'utf8').split('\n')[0])

async function untilAnswers(url: string): Promise<void> {
  for (let tries = 0; ; tries++)
    try {
      await query(url, 'SELECT 1')
      return
    } catch (error) {
      if (tries === 100) throw error
      await sleep(50)
    }
}

describe('the embedded PostgreSQL', () => {
  it('serves an ordinary role that owns its database, in UTF-8, C order and UTC', async () => {
    const { url } = await start()
    expect(
      await query(
        url,
        `SELECT current_user AS role, rolsuper, rolbypassrls, rolcreaterole, rolcreatedb,
           pg_get_userbyid(datdba) AS owner, pg_encoding_to_char(encoding) AS encoding,
           'Z' < 'a' AS c_order, lower('ÇÃO') AS lowered, current_setting('TimeZone') AS zone
         FROM pg_roles, pg_database WHERE rolname = current_user AND datname = current_database()`,
      ),
    ).toEqual([
      {
        role: 'rapport',
        rolsuper: false,
        rolbypassrls: false,
        rolcreaterole: false,
        rolcreatedb: false,
        owner: 'rapport',
        encoding: 'UTF8',
        c_order: true,
        lowered: 'ção',
        zone: 'UTC',
      },
    ])
  })

  it('lets the ordinary role install the extensions that search needs', async () => {
    const { url } = await start()
    for (const name of ['pg_trgm', 'btree_gin', 'unaccent']) await query(url, `CREATE EXTENSION ${name}`)
    expect(await query(url, "SELECT unaccent('São') AS plain")).toEqual([{ plain: 'Sao' }])
  })

  it('writes every commit to disk and listens on this machine alone', async () => {
    const { adminUrl } = await start()
    expect(
      await query(
        adminUrl,
        `SELECT string_agg(name || '=' || setting, ' ' ORDER BY name) AS found FROM pg_settings
         WHERE name IN ('fsync', 'full_page_writes', 'jit', 'listen_addresses', 'synchronous_commit')`,
      ),
    ).toEqual([
      { found: 'fsync=on full_page_writes=on jit=off listen_addresses=127.0.0.1 synchronous_commit=on' },
    ])
  })

  it('lets nobody in without the password, and keeps that to its owner', async () => {
    const { url, adminUrl } = await start()
    for (const address of [url, adminUrl]) {
      const wrong = new URL(address)
      wrong.password = 'wrong'
      await expect(query(wrong.href, 'SELECT 1')).rejects.toThrow('password authentication failed')
    }
    for (const name of ['postgres-password', 'postgres-admin-password'])
      expect(statSync(join(dataDir, name)).mode & 0o777).toBe(0o600)
  })

  const isLocal = (url: string) => query(url, 'SELECT inet_client_addr() IS NULL AS local')
  const sockets = () => readdirSync(join(dataDir, 'postgres')).filter((name) => name.startsWith('.s.'))

  it.runIf(process.platform !== 'win32')(
    'is reached through a socket in its own directory, and clears away those of the killed',
    async () => {
      const { holder, url } = await startElsewhere()
      expect(await isLocal(url)).toEqual([{ local: true }])
      const before = sockets()
      const pid = readPostmasterPid()
      await kill(holder)
      process.kill(pid, 'SIGKILL')
      await vi.waitFor(() => expect(isAlive(pid)).toBe(false))
      expect(sockets()).toEqual(before)
      const next = await start()
      expect(await isLocal(next.url)).toEqual([{ local: true }])
      const now = sockets()
      expect(now).toHaveLength(before.length)
      expect(now.some((name) => before.includes(name))).toBe(false)
      await next.stop()
      expect(sockets()).toEqual([])
    },
  )

  it('is reached through the network where the path of a socket would be too long', async () => {
    dataDir = join(root, 'd'.repeat(100))
    cpSync(prepared, dataDir, { recursive: true })
    const { url } = await start()
    expect(await isLocal(url)).toEqual([{ local: false }])
    expect(sockets()).toEqual([])
  })

  it('keeps its data over a stop, and leaves no process or lock behind', async () => {
    const first = await startPostgres({ dataDir, log })
    await query(first.url, 'CREATE TABLE kept AS SELECT 42 AS answer')
    const pid = readPostmasterPid()
    await first.stop()
    await first.stop()
    expect(isAlive(pid)).toBe(false)
    expect(existsSync(pidFile())).toBe(false)
    expect(existsSync(join(dataDir, 'rapport.lock'))).toBe(false)
    const { url } = await start()
    expect(await query(url, 'SELECT answer FROM kept')).toEqual([{ answer: 42 }])
  })

  it('refuses a second server on the same data directory, names the first, and leaves it alone', async () => {
    const { holder, url } = await startElsewhere()
    const second = startPostgres({ dataDir, log })
    await expect(second).rejects.toThrow(DataDirectoryInUse)
    await expect(second).rejects.toThrow(`process ${holder.pid}`)
    expect(await query(url, 'SELECT 1 AS one')).toEqual([{ one: 1 }])
  })

  it('takes over after its server was killed, with every committed row', async () => {
    const { holder, url } = await startElsewhere()
    await query(url, 'CREATE TABLE kept AS SELECT 42 AS answer')
    const orphan = readPostmasterPid()
    await kill(holder)
    expect(isAlive(orphan)).toBe(true)
    const next = await start()
    expect(isAlive(orphan)).toBe(false)
    expect(await query(next.url, 'SELECT answer FROM kept')).toEqual([{ answer: 42 }])
  })

  it('recovers after server and database were both killed', async () => {
    const { holder, url } = await startElsewhere()
    await query(url, 'CREATE TABLE kept AS SELECT 42 AS answer')
    const pid = readPostmasterPid()
    await kill(holder)
    process.kill(pid, 'SIGKILL')
    const next = await start()
    expect(await query(next.url, 'SELECT answer FROM kept')).toEqual([{ answer: 42 }])
  })

  it('starts the database again, at the same address, when that alone was killed', async () => {
    const { url } = await start()
    await query(url, 'CREATE TABLE kept AS SELECT 42 AS answer')
    process.kill(readPostmasterPid(), 'SIGKILL')
    await untilAnswers(url)
    expect(await query(url, 'SELECT answer FROM kept')).toEqual([{ answer: 42 }])
    expect(log.info).toHaveBeenCalledWith('PostgreSQL died: starting it again')
  })

  it('gives up and says so when the database cannot be kept alive', async () => {
    const onLost = vi.fn<(error: Error) => void>()
    running.push(await startPostgres({ dataDir, log, onLost }))
    rmSync(join(dataDir, 'postgres', 'PG_VERSION'))
    process.kill(readPostmasterPid(), 'SIGKILL')
    await vi.waitFor(() => expect(onLost).toHaveBeenCalledOnce(), { timeout: 15_000 })
  })

  it.each([
    ['of a dead process', '4194000'],
    ['of a process that is not PostgreSQL', String(process.ppid)],
    ['that is empty', ''],
  ])('gets past a pid file %s', async (_, firstLine) => {
    const rest = [join(dataDir, 'postgres'), '1760000000', '5432', '', '127.0.0.1', '', 'ready']
    writeFileSync(pidFile(), firstLine ? [firstLine, ...rest].join('\n') : '')
    const { url } = await start()
    expect(await query(url, 'SELECT 1 AS one')).toEqual([{ one: 1 }])
  })

  it.each([
    ['whose holder is dead', '{"pid":4194000,"started":"1"}'],
    ['whose number another process now has', `{"pid":${process.ppid},"started":"1"}`],
    ['that is empty', ''],
  ])('gets past a lock %s', async (_, content) => {
    writeFileSync(join(dataDir, 'rapport.lock'), content)
    const { url } = await start()
    expect(await query(url, 'SELECT 1 AS one')).toEqual([{ one: 1 }])
  })

  it('starts over when the very first start was cut off', async () => {
    renameSync(join(dataDir, 'postgres'), join(dataDir, 'postgres.new'))
    rmSync(join(dataDir, 'postgres.new', 'global'), { recursive: true })
    const { url } = await start()
    expect(await query(url, 'SELECT 1 AS one')).toEqual([{ one: 1 }])
  })

  it.runIf(process.getuid?.() === 0)('works as root in a directory closed to every other user', async () => {
    chmodSync(root, 0o700)
    const { adminUrl } = await start()
    expect(await query(adminUrl, "SELECT current_setting('is_superuser') AS super")).toEqual([
      { super: 'on' },
    ])
    expect(statSync(join(dataDir, 'postgres')).uid).not.toBe(0)
  })
})
