/** The real server in a data directory of its own, to be killed and started again at one address. */
import { spawn, type ChildProcess } from 'node:child_process'
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import pg from 'pg'

export type Victim = 'server' | 'database' | 'both'

const main = fileURLToPath(new URL('../../../apps/server/src/main.ts', import.meta.url))
const longestStart_ms = 60_000

export class ServerUnderFire {
  readonly url: string
  readonly #port: number
  readonly #dataDir: string
  readonly #environment: Readonly<Record<string, string>>
  #process: ChildProcess | null = null
  #output = ''

  private constructor(port: number, environment: Readonly<Record<string, string>>) {
    this.#port = port
    this.#environment = environment
    this.url = `http://127.0.0.1:${port}`
    this.#dataDir = mkdtempSync(join(tmpdir(), 'rapport-chaos-'))
    chmodSync(this.#dataDir, 0o711) // run as root, the database's own user has to pass through
  }

  /** @param environment what it is told beside its port and its directory */
  static async create(environment: Readonly<Record<string, string>> = {}): Promise<ServerUnderFire> {
    return new ServerUnderFire(await findFreePort(), environment)
  }

  /** Starts it when it does not run, and waits until it is healthy. */
  async ensureHealthy(): Promise<void> {
    const end = Date.now() + longestStart_ms
    while (!(await this.#isHealthy())) {
      if (Date.now() > end) throw new Error(`The server does not come back. It said:\n${this.#output}`)
      if (!this.#isRunning()) this.#start()
      await sleep(50)
    }
  }

  get pid(): number {
    return this.#process?.pid ?? 0
  }

  async kill(victim: Victim): Promise<void> {
    if (victim !== 'server') this.#killDatabase()
    if (victim === 'database') return
    const dying = this.#process
    const gone = new Promise((resolve) => (this.#isRunning() ? dying?.once('exit', resolve) : resolve(null)))
    dying?.kill('SIGKILL')
    await gone
  }

  /** A connection as the application's own role. */
  async connect(): Promise<pg.Client> {
    const read = (name: string) => readFileSync(join(this.#dataDir, name), 'utf8')
    const [, , , port] = read('postgres/postmaster.pid').split('\n')
    const password = read('postgres-password').trim()
    const client = new pg.Client({
      host: '127.0.0.1',
      port: Number(port),
      user: 'rapport',
      password,
      database: 'rapport',
    })
    client.on('error', () => undefined) // its queries fail with the same
    await client.connect()
    return client
  }

  /** Asks it to stop in order, and removes its data. */
  async remove(): Promise<void> {
    const running = this.#process
    if (running && this.#isRunning()) {
      const gone = new Promise((resolve) => running.once('exit', resolve))
      running.kill('SIGTERM')
      const inTime = await Promise.race([gone.then(() => true), sleep(20_000, false)])
      if (!inTime) {
        running.kill('SIGKILL')
        this.#killDatabase()
        throw new Error('The server did not stop within 20 seconds of SIGTERM.')
      }
    }
    rmSync(this.#dataDir, { recursive: true, force: true })
  }

  #start(): void {
    this.#output = ''
    const started = spawn(process.execPath, [main], {
      env: {
        PATH: process.env['PATH'],
        PORT: String(this.#port),
        HOST: '127.0.0.1',
        RAPPORT_DATA_DIR: this.#dataDir,
        RAPPORT_DEMO: '0',
        NODE_ENV: 'production',
        LOG_LEVEL: 'warn',
        ...this.#environment,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    const collect = (chunk: Buffer) => (this.#output = (this.#output + chunk.toString()).slice(-8_000))
    started.stdout.on('data', collect)
    started.stderr.on('data', collect)
    this.#process = started
  }

  #isRunning(): boolean {
    return this.#process !== null && this.#process.exitCode === null && this.#process.signalCode === null
  }

  async #isHealthy(): Promise<boolean> {
    if (!this.#isRunning()) return false
    const signal = AbortSignal.timeout(2_000)
    return fetch(`${this.url}/health`, { signal }).then(
      (reply) => reply.ok,
      () => false,
    )
  }

  #killDatabase(): void {
    const file = join(this.#dataDir, 'postgres/postmaster.pid')
    if (!existsSync(file)) return
    const pid = Number(readFileSync(file, 'utf8').split('\n')[0])
    try {
      if (pid > 1) process.kill(pid, 'SIGKILL')
    } catch (error) {
      // It was dead already, and nobody has started it again yet.
      if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error
    }
  }
}

async function findFreePort(): Promise<number> {
  const probe = createServer()
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve))
  const address = probe.address()
  await new Promise((resolve) => probe.close(resolve))
  if (typeof address !== 'object' || !address) throw new Error('There is no free port.')
  return address.port
}
