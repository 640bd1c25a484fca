import { setTimeout as sleep } from 'node:timers/promises'
import { pino, type Logger } from 'pino'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { openDatabase, type Database } from '../database.ts'
import type { LogLevel } from '../environment.ts'
import { createTenancy, type Tenancy } from '../tenancy.ts'
import { createTestDatabase, type TestDatabase } from '../testing/index.ts'
import { createMaintenance, setLogLevel, setMaintenance, type MaintenanceState } from './index.ts'

const every_ms = 20
let testDatabase: TestDatabase
let database: Database
let tenancy: Tenancy
const stops: (() => void)[] = []
beforeAll(async () => {
  testDatabase = await createTestDatabase()
  database = openDatabase(testDatabase.url, pino({ level: 'silent' }), 4)
  tenancy = createTenancy(database, () => undefined)
})
afterEach(async () => {
  for (const stop of stops.splice(0)) stop()
  await set(null)
})
afterAll(async () => {
  await database?.close()
  await testDatabase?.drop()
})

const set = (notice: string | null) => tenancy.inSystem((tx) => setMaintenance(tx, notice))

type Options = { notice?: string; log?: Logger; inSystem?: Tenancy['inSystem'] }

/** What one process makes of the settings. */
async function aProcess({
  notice,
  log = pino({ level: 'silent' }),
  inSystem = tenancy.inSystem,
}: Options = {}) {
  const environment = { maintenanceNotice: notice, logLevel: log.level as LogLevel }
  const maintenance = createMaintenance({ environment, tenancy: { inSystem }, log, every_ms })
  const told: (MaintenanceState | null)[] = []
  maintenance.onChange((state) => told.push(state))
  await maintenance.start()
  stops.push(maintenance.stop)
  return { maintenance, told }
}

async function until(holds: () => boolean): Promise<void> {
  const end = Date.now() + 5_000
  while (!holds()) {
    if (Date.now() > end) throw new Error('It did not come to be.')
    await sleep(5)
  }
}

describe('maintenance', () => {
  test('is followed by every process, which tells each change once', async () => {
    const processes = [await aProcess(), await aProcess()]
    await set('Until noon')
    await until(() => processes.every(({ maintenance }) => maintenance.current()?.notice === 'Until noon'))
    await set('Until one')
    await until(() => processes.every(({ maintenance }) => maintenance.current()?.notice === 'Until one'))
    await set(null)
    await until(() => processes.every(({ maintenance }) => maintenance.current() === null))
    await sleep(5 * every_ms)
    for (const { told } of processes)
      expect(told.map((state) => state?.notice ?? null)).toEqual(['Until noon', 'Until one', null])
  })

  test('that is on already holds from the first moment of a process', async () => {
    await set('')
    const { maintenance } = await aProcess()
    expect(maintenance.current()).toMatchObject({ notice: '', since: expect.any(String) as string })
    expect(() => maintenance.refuseWrites()).toThrow(expect.objectContaining({ status: 503 }))
  })

  test('that the environment sets lasts as long as the process', async () => {
    const { maintenance } = await aProcess({ notice: 'A new disk' })
    await sleep(5 * every_ms)
    expect(maintenance.current()?.notice).toBe('A new disk')
    expect(() => maintenance.refuseWrites()).toThrow('A new disk')
  })

  test('keeps its last state while the database is away, says so once, and follows again', async () => {
    await set('Until noon')
    let away = false
    const warnings: unknown[] = []
    const log = pino({ level: 'warn' }, { write: (line) => void warnings.push(JSON.parse(line)) })
    const inSystem: Tenancy['inSystem'] = async (work) => {
      if (away) throw new Error('the database is away')
      return tenancy.inSystem(work)
    }
    const { maintenance } = await aProcess({ log, inSystem })
    away = true
    await sleep(10 * every_ms)
    expect(maintenance.current()?.notice).toBe('Until noon')
    expect(warnings.filter((line) => JSON.stringify(line).includes('could not be read'))).toHaveLength(1)
    away = false
    await set(null)
    await until(() => maintenance.current() === null)
  })
})

test('the log level follows the operator and goes back to what the environment says', async () => {
  const log = pino({ level: 'warn' }, { write: () => undefined })
  await aProcess({ log })
  await tenancy.inSystem((tx) => setLogLevel(tx, 'debug'))
  await until(() => log.level === 'debug')
  expect(log.child({ request_id: 'r' }).level).toBe('debug')
  await tenancy.inSystem((tx) => setLogLevel(tx, null))
  await until(() => log.level === 'warn')
})
