/** The server, restarted when its files change, behind Vite, which shows changes of the web app at once. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const port = process.env['PORT'] ?? '3000'
const webPort = '5173'

/** @param {string[]} args @param {string} cwd @param {Record<string, string>} variables */
function run(args, cwd, variables) {
  return spawn(process.execPath, args, {
    cwd: join(root, cwd),
    stdio: 'inherit',
    env: { ...process.env, ...variables },
  })
}

// The browser talks to Vite, so that is the server's public address; to Vite the server is where it forwards to.
const server = run(['--watch', 'apps/server/src/main.ts'], '.', {
  PORT: port,
  RAPPORT_URL: `http://localhost:${webPort}`,
})
const vite = join(root, 'node_modules', 'vite', 'bin', 'vite.js')
const web = run([vite, '--port', webPort, '--strictPort'], 'apps/web', {
  RAPPORT_URL: `http://localhost:${port}`,
})

// Ctrl-C reaches both by itself; this process waits until they have finished their work.
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => undefined)
await Promise.race([once(server, 'exit'), once(web, 'exit')])
for (const child of [server, web]) child.kill('SIGTERM')
