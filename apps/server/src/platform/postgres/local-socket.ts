/**
 * The socket of the embedded PostgreSQL: a file in its own directory, which is open to its user and root alone. What goes
 * through it passes no network code, which saves both sides about a tenth of their time.
 */
import { once } from 'node:events'
import { readdirSync, rmSync } from 'node:fs'
import { connect, createServer } from 'node:net'
import { join } from 'node:path'

/** PostgreSQL's own, `.s.PGSQL.<port>`; its lock stands beside it. */
const prefix = '.s.PGSQL.'
/** What an address can hold on every system, with the zero at its end. */
const longestPath = 103

/** Whether sockets can be made in the directory: not where its path is too long, nor on every kind of file system. */
export async function holdsSockets(directory: string): Promise<boolean> {
  const path = join(directory, `${prefix}65535`)
  if (process.platform === 'win32' || Buffer.byteLength(path) > longestPath) return false
  const probe = createServer((socket) => socket.destroy())
  const place = join(directory, '.s.probe')
  try {
    rmSync(place, { force: true })
    await once(probe.listen(place), 'listening')
    const client = connect(place)
    client.on('error', () => undefined) // what comes after it is connected is nobody's concern
    await once(client, 'connect')
    client.destroy()
    return true
  } catch {
    return false // The network is as good, only slower.
  } finally {
    probe.close()
  }
}

/** Those of servers that were killed; none may be running. */
export function removeSockets(directory: string): void {
  for (const name of readdirSync(directory)) if (name.startsWith(prefix)) rmSync(join(directory, name))
}
