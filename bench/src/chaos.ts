/**
 * Kills the server, its database or both, again and again, at any moment of a writing load:
 * `node bench/src/chaos.ts --rounds 200`. No acknowledged write may be lost or doubled, and a client that
 * reconnects must be told every event once and in order.
 */
import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { openAccount, type Account } from './chaos/account.ts'
import { listen, type Listener } from './chaos/listener.ts'
import { ServerUnderFire, type Victim } from './chaos/server.ts'
import { isClean, judge, type Verdict } from './chaos/verdict.ts'
import { startWriters, type Writers } from './chaos/writers.ts'

const { values: options } = parseArgs({
  options: {
    rounds: { type: 'string', default: '200' },
    writers: { type: 'string', default: '6' },
    quiet: { type: 'boolean', default: false },
  },
})
const rounds = Number(options.rounds)
const checkEvery = 20
const longestRound_ms = 90_000
const victims: Victim[] = ['server', 'server', 'database', 'database', 'both']

type Scene = { server: ServerUnderFire; account: Account; writers: Writers; listener: Listener }
type Outcome = {
  rounds: number
  kills: Record<Victim, number>
  longest_outage_ms: number
  connections: number
}

async function main(): Promise<boolean> {
  const server = await ServerUnderFire.create()
  const outcome: Outcome = {
    rounds: 0,
    kills: { server: 0, database: 0, both: 0 },
    longest_outage_ms: 0,
    connections: 0,
  }
  try {
    await server.ensureHealthy()
    const account = await openAccount(server.url)
    const failure = Promise.withResolvers<never>()
    const writers = startWriters(account, Number(options.writers), failure.reject)
    const listener = listen(server.url, account)
    try {
      const scene = { server, account, writers, listener }
      const verdict = await Promise.race([fight(scene, outcome), failure.promise])
      report({ ...outcome, connections: listener.connections() }, verdict)
      return isClean(verdict)
    } finally {
      listener.close()
      await Promise.race([writers.pause(), sleep(5_000)])
    }
  } finally {
    await server.remove()
  }
}

async function fight(scene: Scene, outcome: Outcome): Promise<Verdict> {
  scene.writers.resume()
  for (;;) {
    await bounded(strike(scene, outcome))
    outcome.rounds += 1
    const isLast = outcome.rounds >= rounds
    if (!isLast && outcome.rounds % checkEvery > 0) continue
    const verdict = await bounded(check(scene))
    if (isLast || !isClean(verdict)) return verdict
    if (!options.quiet)
      console.log(`${outcome.rounds} rounds: ${verdict.writes} writes, nothing lost or doubled`)
    scene.writers.resume()
  }
}

/** One round: load, a kill at some moment of it, and everything back. */
async function strike({ server, listener }: Scene, outcome: Outcome): Promise<void> {
  while (!listener.isLive()) await sleep(20)
  await sleep(50 + Math.random() * 800)
  const victim = victims[Math.floor(Math.random() * victims.length)] ?? 'both'
  outcome.kills[victim] += 1
  const began = Date.now()
  await server.kill(victim)
  await sleep(Math.random() * 50)
  await server.ensureHealthy()
  outcome.longest_outage_ms = Math.max(outcome.longest_outage_ms, Date.now() - began)
}

async function check({ server, account, writers, listener }: Scene): Promise<Verdict> {
  await writers.pause()
  const client = await server.connect()
  try {
    return await judge(client, account.organization_id, writers.acknowledged, listener)
  } finally {
    await client.end()
  }
}

async function bounded<T>(work: Promise<T>): Promise<T> {
  const limit = new AbortController()
  const late = sleep(longestRound_ms, undefined, { signal: limit.signal, ref: false }).then(() => {
    throw new Error(`A round took longer than ${longestRound_ms} ms.`)
  })
  late.catch(() => undefined) // ended in time
  try {
    return await Promise.race([work, late])
  } finally {
    limit.abort()
  }
}

function report(outcome: Outcome, verdict: Verdict): void {
  const { kills } = outcome
  const line = [
    `${outcome.rounds} rounds (kill -9 of the server ${kills.server}, the database ${kills.database}, both ${kills.both})`,
    `${verdict.writes} writes acknowledged: ${verdict.lost} lost, ${verdict.doubled} doubled`,
    `${verdict.events} events over ${outcome.connections} connections: ${verdict.missing} missing, ${verdict.repeated} repeated, ${verdict.wrong} wrong`,
    `longest outage ${outcome.longest_outage_ms} ms`,
  ]
  console.log(`${isClean(verdict) ? 'Passed' : 'FAILED'}: ${line.join('; ')}`)
  console.log(JSON.stringify({ ...outcome, ...verdict, passed: isClean(verdict) }))
}

// Writers that wait for a server that never came back would keep the process.
process.exit((await main()) ? 0 : 1)
