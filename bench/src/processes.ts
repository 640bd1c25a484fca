/** The measured servers as processes of their own, as they would run in production. */
import { fork, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, readFileSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { dataDir } from './seed/database.ts'

const start_timeout_ms = 30_000
/** Linux counts in hundredths of a second. */
const clockTick_us = 10_000
const productMain = fileURLToPath(new URL('../../apps/server/src/main.ts', import.meta.url))
const bareMain = fileURLToPath(new URL('./bare-server.ts', import.meta.url))
const captureModule = new URL('./capture.ts', import.meta.url).href

export type Running = {
  url: string
  process: ChildProcess
  /** From the start of the process to its first healthy answer. */
  started_ms: number
  stop: () => Promise<void>
}

export type ProductOptions = { databaseUrl: string; capturing?: boolean; profileDir?: string }

export async function startProduct({ databaseUrl, capturing, profileDir }: ProductOptions): Promise<Running> {
  const port = await findFreePort()
  const filesDir = join(dataDir, 'files')
  mkdirSync(filesDir, { recursive: true })
  const profiling = profileDir ? ['--cpu-prof', `--cpu-prof-dir=${profileDir}`] : []
  const environment = {
    PORT: String(port),
    HOST: '127.0.0.1',
    DATABASE_URL: databaseUrl,
    RAPPORT_DATA_DIR: filesDir,
    RAPPORT_DEMO: '0',
    // Everything here comes from one address and one user, in a second as much as theirs of a minute. The counting
    // itself stays in: what no limit is reached by is measured.
    RAPPORT_LIMITS: 'ip=999999999,user=999999999,organization=999999999,key=999999999',
    NODE_ENV: 'production',
    LOG_LEVEL: 'error',
    // Statements of background work would mix with those of the requests.
    RAPPORT_ROLE: capturing ? 'web' : 'all',
  }
  return startProcess(productMain, port, environment, [
    ...profiling,
    ...(capturing ? ['--import', captureModule] : []),
  ])
}

export async function startBare(databaseUrl: string): Promise<Running> {
  const port = await findFreePort()
  return startProcess(bareMain, port, {
    PORT: String(port),
    DATABASE_URL: databaseUrl,
    NODE_ENV: 'production',
  })
}

/** As `npm start` says; both sides alike. */
const asStarted = ['--max-semi-space-size=16']

async function startProcess(
  file: string,
  port: number,
  environment: Record<string, string>,
  execArgv: string[] = [],
): Promise<Running> {
  const started = performance.now()
  const child = fork(file, {
    execArgv: [...asStarted, ...execArgv],
    env: { PATH: process.env['PATH'], ...environment },
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  })
  const url = `http://127.0.0.1:${port}`
  await becomeHealthy(child, url)
  return { url, process: child, started_ms: performance.now() - started, stop: () => stopProcess(child) }
}

async function becomeHealthy(child: ChildProcess, url: string): Promise<void> {
  const until = performance.now() + start_timeout_ms
  while (performance.now() < until) {
    if (child.exitCode !== null) throw new Error(`The server ended with ${child.exitCode} while starting.`)
    const healthy = await fetch(`${url}/health`).then(
      async (reply) => {
        await reply.arrayBuffer()
        return reply.ok
      },
      () => false, // not listening yet
    )
    if (healthy) return
    await pause(20)
  }
  child.kill('SIGKILL')
  throw new Error(`The server was not healthy after ${start_timeout_ms} ms.`)
}

async function stopProcess(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const ended = once(child, 'exit')
  child.kill('SIGTERM')
  const timer = setTimeout(() => child.kill('SIGKILL'), 10_000)
  await ended
  clearTimeout(timer)
}

/** Resident memory of a process, where /proc tells it. */
export function residentMegabytes(child: Pick<ChildProcess, 'pid'>): number | null {
  try {
    const kilobytes = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))?.[1]
    return kilobytes === undefined ? null : Number(kilobytes) / 1024
  } catch {
    return null // not Linux
  }
}

/** Processor time that a process has taken so far, where /proc tells it. */
export function processorMicroseconds(child: ChildProcess): number | null {
  try {
    const after = readFileSync(`/proc/${child.pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ') ?? []
    return (Number(after[11]) + Number(after[12])) * clockTick_us
  } catch {
    return null // not Linux
  }
}

async function findFreePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}
