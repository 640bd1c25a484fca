/**
 * The first lock of tenancy. `inTenant` opens the transaction, binds it to the actor's organization and is
 * the only maker of a TenantTx, which every repository asks for. Events that the work emits are numbered and
 * written as the very last statement, in one message with the COMMIT: the row lock that orders them is held
 * only for the commit itself.
 */
import type { CompiledQuery, Kysely } from 'kysely'
import type { PoolClient } from 'pg'
import type { DB } from '../db/types.ts'
import type { Actor } from './actor.ts'
import { sendTogether, type Database } from './database.ts'
import { eventInsert, newEvent, type NewEvent, type PendingEvent } from './events/outbox.ts'
import { kyselyOn } from './kysely.ts'

declare const tenant: unique symbol
declare const system: unique symbol
/** A transaction bound to one organization. */
export type TenantTx = Kysely<DB> & { readonly [tenant]: true }
/** A transaction over platform tables only: row-level security shows it no tenant row. */
export type SystemTx = Kysely<DB> & { readonly [system]: true }

export type Ctx = {
  tx: TenantTx
  actor: Actor
  /** Remembers an event; it is written in this transaction, just before the commit. */
  emit: (event: NewEvent) => void
}

/** Told after each commit that wrote events: which organization, and its newest sequence number. */
export type CommitListener = (organization_id: string, seq: number) => void

export type Tenancy = {
  inTenant: <T>(actor: Actor, work: (ctx: Ctx) => Promise<T>) => Promise<T>
  /** One read in one round trip: BEGIN, the tenant setting, the statement and COMMIT in one message. */
  readTenant: <Row>(actor: Actor, query: CompiledQuery<Row>) => Promise<Row[]>
  inSystem: <T>(work: (tx: SystemTx) => Promise<T>) => Promise<T>
}

const bind = "SELECT set_config('rapport.organization_id', $1, true)"

export function createTenancy(database: Database, onCommit: CommitListener): Tenancy {
  const connect = async (): Promise<PoolClient> => database.pool.connect()

  return {
    async inTenant(actor, work) {
      return transact(await connect(), async (client, opened) => {
        const bound = client.query(bind, [actor.organization_id])
        void bound.catch(() => undefined) // awaited below, together with the BEGIN
        const events: PendingEvent[] = []
        const ctx: Ctx = {
          tx: kyselyOn(client) as TenantTx,
          actor,
          emit: (event) => void events.push(newEvent(actor, event)),
        }
        const result = await work(ctx)
        await Promise.all([opened, bound])
        const seq = await commit(client, actor.organization_id, events)
        return { result, committed: () => (seq === null ? undefined : onCommit(actor.organization_id, seq)) }
      })
    },

    async readTenant<Row>(actor: Actor, query: CompiledQuery<Row>) {
      const client = await connect()
      try {
        const [, , answer] = await Promise.all([
          sendTogether(client).query('BEGIN READ ONLY'),
          client.query(bind, [actor.organization_id]),
          client.query(query.sql, query.parameters as unknown[]),
          client.query('COMMIT'),
        ])
        client.release()
        return answer.rows as Row[]
      } catch (error) {
        await settle(client)
        throw error
      }
    },

    async inSystem(work) {
      return transact(await connect(), async (client, opened) => {
        const result = await work(kyselyOn(client) as SystemTx)
        await opened
        await commit(client, null, [])
        return { result, committed: () => undefined }
      })
    },
  }
}

type Done<T> = { result: T; committed: () => void }

async function transact<T>(
  client: PoolClient,
  body: (client: PoolClient, opened: Promise<unknown>) => Promise<Done<T>>,
): Promise<T> {
  const opened = sendTogether(client).query('BEGIN')
  void opened.catch(() => undefined) // awaited by the body; an earlier failure must not go unhandled
  let done: Done<T>
  try {
    done = await body(client, opened)
  } catch (error) {
    await settle(client)
    throw error
  }
  client.release()
  done.committed()
  return done.result
}

/** Writes the pending events and commits, in one round trip. Answers the newest sequence number, if any. */
async function commit(
  client: PoolClient,
  organization_id: string | null,
  events: PendingEvent[],
): Promise<number | null> {
  const numbered =
    organization_id !== null && events.length > 0
      ? sendTogether(client).query<{ seq: number }>(eventInsert, [
          organization_id,
          events.length,
          JSON.stringify(events),
        ])
      : null
  const [written, ended] = await Promise.all([numbered, client.query('COMMIT')])
  // COMMIT of a failed transaction succeeds, as a ROLLBACK.
  if (ended.command !== 'COMMIT') throw new Error('The transaction could not be committed.')
  return written?.rows[0]?.seq ?? null
}

/** After a failure: waits for what is still in the pipe, rolls back, and gives the connection back or up. */
async function settle(client: PoolClient): Promise<void> {
  try {
    await client.query('ROLLBACK')
    client.release()
  } catch (error) {
    client.release(error instanceof Error ? error : true)
  }
}
