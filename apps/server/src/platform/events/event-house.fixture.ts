/** A database with organizations and everything that events travel through, without HTTP. For tests. */
import { setTimeout as sleep } from 'node:timers/promises'
import { pino } from 'pino'
import { v7 as uuidv7 } from 'uuid'
import { systemActor, type Actor } from '../actor.ts'
import { openDatabase, type Database } from '../database.ts'
import { createTenancy, type Tenancy } from '../tenancy.ts'
import { createTestDatabase } from '../testing/index.ts'
import type { NewEvent } from './outbox.ts'
import { eventsAfter, type EventRow } from './reader.ts'
import { createCommitSignal, type CommitSignal } from './signal.ts'

export const silent = pino({ level: 'silent' })

export type EventHouse = {
  url: string
  database: Database
  tenancy: Tenancy
  signal: CommitSignal
  anOrganization: () => Promise<Actor>
  /** Commits these events in one transaction. */
  emit: (actor: Actor, ...events: NewEvent[]) => Promise<void>
  eventsOf: (actor: Actor, after?: number) => Promise<EventRow[]>
  close: () => Promise<void>
}

export async function openEventHouse(): Promise<EventHouse> {
  const testDatabase = await createTestDatabase()
  const database = openDatabase(testDatabase.url, silent, 30)
  const signal = createCommitSignal(database, silent)
  const tenancy = createTenancy(database, signal.committed)
  await signal.start()
  return {
    url: testDatabase.url,
    database,
    tenancy,
    signal,
    async anOrganization() {
      const id = uuidv7()
      await tenancy.inSystem((tx) =>
        tx.insertInto('organizations').values({ id, name: 'An organization', slug: id }).execute(),
      )
      return systemActor(id)
    },
    emit: (actor, ...events) =>
      tenancy.inTenant(actor, async ({ emit }) => {
        for (const event of events) emit(event)
      }),
    async eventsOf(actor, after = 0) {
      const query = eventsAfter(actor.organization_id, after, 1_000_000)
      return tenancy.inTenant(actor, async ({ tx }) => (await query.execute(tx)).rows)
    },
    async close() {
      await signal.stop()
      await database.close()
      await testDatabase.drop()
    },
  }
}

export function aLeadEvent(overrides: Partial<NewEvent> = {}): NewEvent {
  return { type: 'lead.updated', record: { object: 'lead', id: uuidv7(), version: 1 }, ...overrides }
}

/** Waits until it holds; after a while it fails with what was seen last. */
export async function eventually(holds: () => boolean | Promise<boolean>, what: string, within_ms = 8_000) {
  const end = Date.now() + within_ms
  while (!(await holds())) {
    if (Date.now() > end) throw new Error(`Within ${within_ms} ms it did not come to be that ${what}.`)
    await sleep(10)
  }
}
