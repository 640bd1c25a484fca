/** An organization with an audit log, and a hand that may do to it what Rapport never does. For tests. */
import pg from 'pg'
import { v7 as uuidv7 } from 'uuid'
import { ownerActor, type Actor } from '../actor.ts'
import { openEventHouse, type EventHouse } from '../events/event-house.fixture.ts'
import { addressOf } from '../testing/addresses.ts'

export type LogRow = {
  seq: number
  category: string
  action: string
  outcome: string
  object: string
  record_id: string | null
  record_name: string | null
  before: Record<string, unknown> | null
  after: Record<string, unknown> | null
  actor_kind: string
  actor_id: string | null
  actor_name: string | null
  ip: string | null
  user_agent: string | null
  request_id: string | null
}

export type AuditHouse = EventHouse & {
  aPerson: () => Promise<Actor & { user_id: string }>
  logOf: (actor: Actor) => Promise<LogRow[]>
  /** Runs a statement as a superuser with triggers off: what an intruder in the database could do. */
  tamper: (statement: string, parameters?: unknown[]) => Promise<void>
}

export async function openAuditHouse(adminUrl: string): Promise<AuditHouse> {
  const house = await openEventHouse()
  return {
    ...house,
    async aPerson() {
      const { organization_id } = await house.anOrganization()
      const origin = { ip: '203.0.113.7', user_agent: 'Firefox', request_id: 'request-1' }
      return ownerActor({ user_id: uuidv7(), name: 'Ada', organization_id, origin })
    },
    logOf: (actor) =>
      house.tenancy.inTenant(
        actor,
        async ({ tx }) =>
          (await tx
            .selectFrom('audit_log')
            .selectAll()
            .where('organization_id', '=', actor.organization_id)
            .orderBy('seq')
            .execute()) as unknown as LogRow[],
      ),
    async tamper(statement, parameters = []) {
      const client = new pg.Client({
        connectionString: addressOf(adminUrl, new URL(house.url).pathname.slice(1)),
      })
      await client.connect()
      try {
        await client.query("SET session_replication_role = 'replica'")
        await client.query(statement, parameters)
      } finally {
        await client.end()
      }
    },
  }
}
