import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { eventually, openEventHouse, silent, type EventHouse } from './events/event-house.fixture.ts'
import { createJobs, type JobData, type RunningJobs } from './jobs.ts'

let house: EventHouse
const started: RunningJobs[] = []
beforeAll(async () => {
  house = await openEventHouse()
})
afterEach(async () => {
  await Promise.all(started.splice(0).map((jobs) => jobs.stop()))
})
afterAll(() => house.close())

async function startJobs(
  kind: string,
  handler: (data: JobData) => Promise<void>,
  role: 'all' | 'web' | 'worker' = 'all',
  giveUp?: (data: JobData) => Promise<void>,
) {
  const jobs = createJobs({ database: { url: house.url }, log: silent, role })
  jobs.work(kind, handler, giveUp ? { giveUp } : {})
  started.push(jobs)
  await jobs.start()
  return jobs
}

it('a job runs soon after its transaction, with its organization and its data', async () => {
  const actor = await house.anOrganization()
  const done: JobData[] = []
  const jobs = await startJobs('soon', async (data) => void done.push(data))
  await house.tenancy.inTenant(actor, (ctx) => jobs.enqueue(ctx, 'soon', { import_id: 'x' }))
  await eventually(() => done.length === 1, 'the job has run')
  expect(done).toEqual([{ organization_id: actor.organization_id, user_id: null, import_id: 'x' }])
})

it('a job of a transaction that rolled back does not exist', async () => {
  const actor = await house.anOrganization()
  const done: JobData[] = []
  const jobs = await startJobs('rolled-back', async (data) => void done.push(data))
  const failed = house.tenancy.inTenant(actor, async (ctx) => {
    await jobs.enqueue(ctx, 'rolled-back', { n: '1' })
    throw new Error('changed my mind')
  })
  await expect(failed).rejects.toThrow('changed my mind')
  await house.tenancy.inTenant(actor, (ctx) => jobs.enqueue(ctx, 'rolled-back', { n: '2' }))
  await eventually(() => done.length > 0, 'the second job has run')
  const { rows } = await house.database.pool.query(
    "SELECT data->>'n' AS n FROM pgboss.job WHERE name = 'rolled-back'",
  )
  expect(rows).toEqual([{ n: '2' }])
  expect(done.map((data) => data['n'])).toEqual(['2'])
})

it('many are done without a pause between them', async () => {
  const actor = await house.anOrganization()
  const numbers = Array.from({ length: 60 }, (_, n) => String(n))
  const done: (string | null | undefined)[] = []
  const jobs = await startJobs('many', async ({ n }) => void done.push(n))
  await house.tenancy.inTenant(actor, async (ctx) => {
    for (const n of numbers) await jobs.enqueue(ctx, 'many', { n })
  })
  // Two minutes, were the queue looked at every two seconds only.
  await eventually(() => done.length === numbers.length, 'all are done', 30_000)
  expect(new Set(done)).toEqual(new Set(numbers))
}, 40_000)

it('those that mostly wait are done side by side', async () => {
  const actor = await house.anOrganization()
  const { promise: all, resolve: go } = Promise.withResolvers<void>()
  let waiting = 0
  const jobs = createJobs({ database: { url: house.url }, log: silent, role: 'all' })
  started.push(jobs)
  const meet = async () => {
    waiting += 1
    if (waiting === 3) go()
    await all
  }
  jobs.work('side-by-side', meet, { at_once: 3 })
  await jobs.start()
  await house.tenancy.inTenant(actor, async (ctx) => {
    for (let count = 0; count < 3; count += 1) await jobs.enqueue(ctx, 'side-by-side', {})
  })
  await all
  expect(waiting).toBe(3)
})

it('a long one stops for those that wait and goes on behind them, which is no failed attempt', async () => {
  const actor = await house.anOrganization()
  const told: string[] = []
  let beginnings = 0
  const jobs = createJobs({ database: { url: house.url }, log: silent, role: 'all' })
  started.push(jobs)
  jobs.work(
    'turns',
    async ({ name }, signal) => {
      if (name === 'long') {
        beginnings += 1
        while (!told.includes('short')) {
          await sleep(20)
          signal.throwIfAborted()
        }
      }
      told.push(name ?? '')
    },
    { turn_s: 0.2 },
  )
  await jobs.start()
  await tryOnly('turns', 0)
  const enqueue = (name: string) =>
    house.tenancy.inTenant(actor, (ctx) => jobs.enqueue(ctx, 'turns', { name }))
  await enqueue('long')
  await eventually(() => beginnings === 1, 'the long one is running')
  await sleep(1_000)
  expect(beginnings).toBe(1)
  await enqueue('short')
  await eventually(() => told.length === 2, 'both are done', 20_000)
  expect(told).toEqual(['short', 'long'])
  expect(beginnings).toBe(2)
}, 30_000)

it('patient ones let all others of their kind go first', async () => {
  const done: (string | null | undefined)[] = []
  const jobs = createJobs({ database: { url: house.url }, log: silent, role: 'all' })
  started.push(jobs)
  jobs.workSystem('patient', async ({ n }) => void done.push(n))
  await jobs.start()
  await house.tenancy.inSystem(async (tx) => {
    for (const n of ['1', '2', '3']) await jobs.enqueueSystem(tx, 'patient', { n }, { patient: true })
    await jobs.enqueueSystem(tx, 'patient', { n: 'now' })
  })
  await eventually(() => done.length === 4, 'all are done', 20_000)
  expect(done[0]).toBe('now')
}, 30_000)

it('a job that fails is tried again', async () => {
  const actor = await house.anOrganization()
  let attempts = 0
  const jobs = await startJobs('failing', async () => {
    attempts += 1
    if (attempts < 2) throw new Error('not yet')
  })
  await house.tenancy.inTenant(actor, (ctx) => jobs.enqueue(ctx, 'failing', {}))
  await eventually(() => attempts > 1, 'it has been tried again', 12_000)
  expect(attempts).toBe(2)
})

it('a web process queues and leaves the work to a worker', async () => {
  const actor = await house.anOrganization()
  const done: string[] = []
  const web = await startJobs('elsewhere', async () => void done.push('web'), 'web')
  await startJobs('elsewhere', async () => void done.push('worker'), 'worker')
  await house.tenancy.inTenant(actor, (ctx) => web.enqueue(ctx, 'elsewhere', {}))
  await eventually(() => done.length === 1, 'it is done')
  expect(done).toEqual(['worker'])
})

describe('a job whose worker was killed', () => {
  it('is taken up by another within half a minute', async () => {
    const { data, done } = await afterItsWorkerDied({ retries: 10 })
    expect([done.length, data]).toEqual([1, done[0]])
  }, 60_000)

  it('is given up when that was the last attempt', async () => {
    const { data, givenUp, done } = await afterItsWorkerDied({ retries: 0 })
    expect([givenUp, done]).toEqual([[data], []])
  }, 60_000)
})

async function afterItsWorkerDied({ retries }: { retries: number }) {
  const { organization_id, ...actor } = await house.anOrganization()
  const script = fileURLToPath(new URL('./stuck-worker.fixture.ts', import.meta.url))
  const stuck = spawn(process.execPath, [script, house.url])
  let said = ''
  stuck.stdout.on('data', (chunk: Buffer) => (said += chunk.toString()))
  await eventually(() => said.includes('working'), 'the other process works', 20_000)
  const [done, givenUp]: [JobData[], JobData[]] = [[], []]
  const giveUp = async (data: JobData) => void givenUp.push(data)
  const web = await startJobs('orphaned', async () => undefined, 'web', giveUp)
  await tryOnly('orphaned', retries)
  await house.tenancy.inTenant({ ...actor, organization_id }, (ctx) =>
    web.enqueue(ctx, 'orphaned', { n: '1' }),
  )
  await eventually(() => said.includes('taken'), 'the other process has taken the job')
  stuck.kill('SIGKILL')
  await once(stuck, 'exit')
  await startJobs('orphaned', async (data) => void done.push(data), 'worker', giveUp)
  await eventually(() => done.length + givenUp.length === 1, 'somebody hears of the job', 30_000)
  return { data: { organization_id, user_id: null, n: '1' }, done, givenUp }
}

it('a job that fails whenever it is tried is given up, once', async () => {
  const actor = await house.anOrganization()
  let attempts = 0
  const given: JobData[] = []
  const fail = async () => {
    attempts += 1
    throw new Error('never')
  }
  const jobs = await startJobs('hopeless', fail, 'all', async (data) => void given.push(data))
  await tryOnly('hopeless', 1)
  await house.tenancy.inTenant(actor, (ctx) => jobs.enqueue(ctx, 'hopeless', { n: '1' }))
  await eventually(() => given.length === 1, 'it is given up', 20_000)
  expect(given).toEqual([{ organization_id: actor.organization_id, user_id: null, n: '1' }])
  expect(attempts).toBe(2)
}, 30_000)

const tryOnly = (name: string, retries: number) =>
  house.database.pool.query('UPDATE pgboss.queue SET retry_limit = $2 WHERE name = $1', [name, retries])

it('a pause interrupts a job and takes no other; afterwards both are done', async () => {
  const actor = await house.anOrganization()
  const done: string[] = []
  const interrupted: string[] = []
  let begun = false
  const jobs = createJobs({ database: { url: house.url }, log: silent, role: 'all' })
  jobs.work('pausable', async (data, signal) => {
    const name = data['name'] ?? ''
    if (name === 'long' && interrupted.length === 0) {
      begun = true
      await new Promise((resolve) => signal.addEventListener('abort', resolve))
      interrupted.push(name)
      signal.throwIfAborted()
    }
    done.push(name)
  })
  started.push(jobs)
  await jobs.start()
  const enqueue = (name: string) =>
    house.tenancy.inTenant(actor, (ctx) => jobs.enqueue(ctx, 'pausable', { name }))
  await enqueue('long')
  await eventually(() => begun, 'the job is running')
  await jobs.pause()
  await eventually(() => interrupted.length === 1, 'the job was interrupted')
  await enqueue('short')
  await sleep(2_500)
  expect(done).toEqual([])
  await jobs.resume()
  await eventually(() => done.length === 2, 'both are done', 20_000)
  expect(done.toSorted()).toEqual(['long', 'short'])
})

it('a job that was being fetched when the pause began waits for its end', async () => {
  const actor = await house.anOrganization()
  const done: JobData[] = []
  const jobs = await startJobs('fetched', async (data) => void done.push(data))
  await jobs.pause()
  await house.tenancy.inTenant(actor, (ctx) => jobs.enqueue(ctx, 'fetched', {}))
  await jobs.resume()
  await jobs.pause()
  await sleep(1_000)
  expect(done).toEqual([])
  await jobs.resume()
  await eventually(() => done.length === 1, 'it is done', 20_000)
}, 30_000)
