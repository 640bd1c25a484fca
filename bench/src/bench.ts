/** What every figure works with, and what it answers. */
import type { Member, Replay } from './replay.ts'
import { startBare, startProduct, type Running } from './processes.ts'
import { openBenchDatabase, type BenchDatabase } from './seed/database.ts'
import { password, planOrganizations, type SeedOrganization, type Size } from './seed/plan.ts'

export type Figure = {
  figure: string
  unit: string
  rapport: number
  /** What it is measured against, in the same unit; null when it has only a target. */
  limit: number | null
  /** How near the limit, 1 is as good; null without one. */
  ratio: number | null
  p50_ms?: number
  p95_ms?: number
  p99_ms?: number
  limit_p95_ms?: number
  /** Processor time of each server process for one request, in microseconds. */
  processor_us?: number | null
  limit_processor_us?: number | null
  target: string
  ok: boolean | null
  note?: string
}

export type Bench = {
  size: Size
  seconds: number
  database: BenchDatabase
  product: Running
  /** A product whose statements can be asked for. */
  capturing: Running
  bare: Running
  organization: SeedOrganization
  /** Logs in anew: an access token lives a quarter of an hour. */
  logIn: (server?: Running) => Promise<Member>
  say: (text: string) => void
}

export type MeasureFigures = (bench: Bench) => Promise<Figure[]>

export async function openBench(
  size: Size,
  seconds: number,
  say: (text: string) => void,
): Promise<Bench & { stop: () => Promise<void> }> {
  const database = await openBenchDatabase(size, say)
  const stops: (() => Promise<void>)[] = [() => database.stop()]
  const stop = async () => {
    for (const one of stops.toReversed()) await one()
  }
  try {
    const start = async (starting: Promise<Running>) => {
      const running = await starting
      stops.push(() => running.stop())
      return running
    }
    const product = await start(startProduct({ databaseUrl: database.url }))
    const capturing = await start(startProduct({ databaseUrl: database.url, capturing: true }))
    const bare = await start(startBare(database.url))
    const [organization] = planOrganizations(size) as [SeedOrganization]
    const logIn = (server = product) => logInAs(server, organization)
    return { size, seconds, database, product, capturing, bare, organization, logIn, say, stop }
  } catch (error) {
    await stop()
    throw error
  }
}

/** A salesperson: the role that most members have. */
export async function logInAs(server: Running, organization: SeedOrganization, place = 2): Promise<Member> {
  const person = organization.members[
    place % organization.members.length
  ] as SeedOrganization['members'][number]
  const reply = await fetch(`${server.url}/api/auth/login`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email: person.email, password, organization_id: organization.id }),
  })
  const session = (await reply.json()) as { access_token?: string }
  if (!session.access_token) throw new Error(`The log-in answered ${reply.status}.`)
  return {
    headers: { authorization: `Bearer ${session.access_token}`, 'x-org-id': organization.id },
    organization_id: organization.id,
    user_id: person.id,
  }
}

export async function sendReplays({ bare }: Bench, name: string, replays: Replay[]): Promise<void> {
  const reply = await fetch(`${bare.url}/replays/${name}`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(replays),
  })
  if (!reply.ok) throw new Error(`The bare server refused the replays: ${reply.status}.`)
}
