/** The real server as `npm start` runs it, on an empty data directory of its own. */
import { spawn, type ChildProcess } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const main = fileURLToPath(new URL('../../apps/server/src/main.ts', import.meta.url))
const readyLine = /Rapport is ready at (http\S+)/
const patience_ms = 60_000

export type RunningServer = { url: string; dataDir: string; stop: () => Promise<void> }

/** @param variables further settings, as an operator would give them */
export async function startServer(variables: Record<string, string> = {}): Promise<RunningServer> {
  const dataDir = mkdtempSync(join(tmpdir(), 'rapport-e2e-'))
  const child = spawn(process.execPath, [main], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: {
      PATH: process.env['PATH'],
      HOME: process.env['HOME'],
      PORT: '0',
      RAPPORT_DATA_DIR: dataDir,
      RAPPORT_DEMO: '0',
      LOG_LEVEL: 'error',
      NODE_ENV: 'production',
      ...variables,
    },
  })
  let stopping = false
  child.once('exit', (code, signal) => {
    if (!stopping) console.error(`The server ended by itself: ${signal ?? `exit code ${code}`}`)
  })
  const stop = async () => {
    stopping = true
    await endOf(child)
    rmSync(dataDir, { recursive: true, force: true })
  }
  try {
    return { url: await waitUntilReady(child), dataDir, stop }
  } catch (error) {
    await stop()
    throw error
  }
}

function waitUntilReady(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = ''
    const fail = (why: string) => reject(new Error(`The server did not start: ${why}\n${said}`))
    const timer = setTimeout(() => fail(`nothing after ${patience_ms} ms`), patience_ms)
    child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      said += text
      const url = readyLine.exec(said)?.[1]
      if (!url) return
      clearTimeout(timer)
      child.stdout?.removeAllListeners('data')
      // From here on it only speaks of errors, and a test that fails of one wants to see it.
      child.stdout?.pipe(process.stderr)
      resolve(url)
    })
    child.once('exit', (code) => {
      clearTimeout(timer)
      fail(`it ended with ${code}`)
    })
  })
}

/** Asks it to stop, as Ctrl-C would, and waits until it and its database are gone. */
function endOf(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve()
  return new Promise((resolve) => {
    child.once('exit', () => resolve())
    child.kill('SIGTERM')
  })
}
