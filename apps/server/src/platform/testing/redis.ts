/** A real Redis for tests, on a free port and without files. Debian's is installed where that is possible. */
import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readFileSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'

const names = ['redis-server', 'valkey-server']
const start_timeout_ms = 10_000
const installAttempts = 5
const installPause_ms = 5_000

export type TestRedis = {
  url: string
  /** Ends it at once, as a crash does. */
  kill: () => Promise<void>
  /** Starts it again, empty, on the same port. */
  restart: () => Promise<void>
}

export async function startRedis(): Promise<TestRedis> {
  const program = findRedis()
  const port = await findFreePort()
  let server = await run(program, port)
  return {
    url: `redis://127.0.0.1:${port}`,
    async kill() {
      if (server.exitCode !== null || server.signalCode !== null) return
      const ended = once(server, 'exit')
      server.kill('SIGKILL')
      await ended
    },
    async restart() {
      server = await run(program, port)
    },
  }
}

function findRedis(): string {
  const works = (name: string) => spawnSync(name, ['--version'], { timeout: 10_000 }).status === 0
  const found = names.find(works)
  if (found) return found
  if (process.getuid?.() === 0 && isDebian())
    // Test files that run side by side may install it at the same time: who finds the door locked comes again.
    for (let attempt = 0; attempt < installAttempts; attempt += 1) {
      runForInstall('apt-get', ['update'])
      runForInstall('apt-get', ['install', '-y', '--no-install-recommends', 'redis-server'])
      const installed = names.find(works)
      if (installed) return installed
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, installPause_ms)
    }
  throw new Error(
    'The tests of what several processes share need Redis or Valkey, and none could be installed. Install one from ' +
      'your system’s packages (Debian: apt-get install redis-server).',
  )
}

function runForInstall(command: string, options: string[]): void {
  spawnSync(command, options, {
    stdio: 'inherit',
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  })
}

const isDebian = () =>
  existsSync('/etc/os-release') && /^ID="?debian"?$/m.test(readFileSync('/etc/os-release', 'utf8'))

async function run(program: string, port: number): Promise<ChildProcess> {
  const options = ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no']
  const server = spawn(program, options, { stdio: ['ignore', 'pipe', 'inherit'], cwd: '/tmp' })
  const ready = new Promise<void>((resolve, reject) => {
    server.stdout.on('data', (text: Buffer) => {
      if (/ready to accept connections/i.test(text.toString())) resolve()
    })
    server.on('error', reject)
    server.on('exit', (code) => reject(new Error(`${program} ended with ${code}.`)))
    setTimeout(() => reject(new Error(`${program} did not start.`)), start_timeout_ms).unref()
  })
  await ready
  return server
}

async function findFreePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const { port } = probe.address() as AddressInfo
  probe.close()
  await once(probe, 'close')
  return port
}
