/**
 * Kills the server, or the server and its database, in the middle of an import: `node bench/src/import-chaos.ts`. Every
 * row must be there once in the end, and the whole must be taken back once, although the undo is killed, too.
 */
import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import type { Import } from '@rapport/contracts'
import { openAccount, untilAnswered } from './chaos/account.ts'
import { ServerUnderFire, type Victim } from './chaos/server.ts'

const { values } = parseArgs({ options: { rows: { type: 'string', default: '20000' } } })
const total = Number(values.rows)
const patience_ms = 240_000

const server = await ServerUnderFire.create()
try {
  await server.ensureHealthy()
  const { rapport } = await openAccount(server.url)
  const lines = Array.from({ length: total }, (_, at) => `E${at},Person ${at},p${at}@example.com,Rio`)
  const file = new File([`external_id,name,email,city\n${lines.join('\n')}\n`], 'people.csv', {
    type: 'text/csv',
  })
  const { id, guessed_mapping: mapping } = await rapport.imports.upload({ body: { object: 'lead' }, file })
  const params = { id }
  await rapport.imports.start({ params, body: { mapping } })
  const reached = (one: Import) => (one.phase === 'undo' ? one.undone + one.kept : one.done)

  /** Kills at each of these shares of the work, and waits for the end. */
  async function survive(kills: readonly (readonly [share: number, victim: Victim])[]): Promise<Import> {
    const left = [...kills]
    for (const end = Date.now() + patience_ms; Date.now() < end;) {
      const now = await untilAnswered(() => rapport.imports.get({ params }))
      const [next] = left
      if (next && now.state === 'running' && reached(now) >= next[0] * total) {
        left.shift()
        await server.kill(next[1])
        await server.ensureHealthy()
      } else if (now.state !== 'running') return now
      await sleep(20)
    }
    throw new Error('The import does not end.')
  }

  const ended = await survive([
    [0.1, 'server'],
    [0.5, 'both'],
  ])
  const count = () =>
    untilAnswered(async () => (await rapport.leads.list({ query: { limit: 1, count: 'exact' } })).total ?? -1)
  const records = await count()
  await untilAnswered(() => rapport.imports.undo({ params }))
  const undone = await survive([[0.3, 'both']])
  const outcome = {
    state: ended.state,
    lost: total - ended.created,
    records: records - total,
    undone: undone.state,
    kept: undone.kept,
    left: await count(),
  }
  console.log(JSON.stringify(outcome))
} finally {
  await server.remove()
}
