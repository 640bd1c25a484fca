/**
 * The first lock of tenancy. `inTenant` opens the transaction, binds it to the actor's organization and is
 * the only maker of a TenantTx, which every repository asks for. Events that the work emits and audit entries are
 * numbered and written by the very last statements, in one message with the COMMIT: the row locks that order them
 * are held only for the commit itself.
 */
import { accessObjects, type EventType } from '@rapport/contracts'
import type { Kysely } from 'kysely'
import type { PoolClient } from 'pg'
import type { DB } from '../db/types.ts'
import type { Actor } from './actor.ts'
import {
  appendEntries,
  newEntry,
  type AuditActor,
  type AuditEntry,
  type PendingEntry,
} from './audit/index.ts'
import { sendTogether, type Database } from './database.ts'
import { entryOf, insertOf, newEvent, type NewEvent, type PendingEvent } from './events/outbox.ts'
import { kyselyOn } from './kysely.ts'
import { wireOf, type Statement } from './prepared.ts'

declare const tenant: unique symbol
declare const system: unique symbol
/** A transaction bound to one organization. */
export type TenantTx = Kysely<DB> & { readonly [tenant]: true }
/** A transaction over platform tables only: row-level security shows it no tenant row. */
export type SystemTx = Kysely<DB> & { readonly [system]: true }

export type Ctx = {
  tx: TenantTx
  actor: Actor
  /** Remembers an event and its audit entry; both are written in this transaction, just before the commit. */
  emit: (event: NewEvent) => void
  /** Remembers an audit entry for what is no event; written in this transaction, just before the commit. */
  audit: (entry: AuditEntry) => void
}

/** Remembers an audit entry in the log of that organization; written just before the commit. */
export type SystemAudit = (organization_id: string, actor: AuditActor, entry: AuditEntry) => void

/** What is told of a commit that wrote events. */
export type Commit = {
  organization_id: string
  /** The newest number of its events. */
  seq: number
  /** Whether what members may do or see there may have changed. */
  changes_access: boolean
  /** Which kinds of events it wrote; null when that is not known, as from another process. */
  events: readonly EventKind[] | null
}

/** What an event is, by its type and by what its data tells. */
export type EventKind = { type: EventType; keys: readonly string[] }

/** Told after each commit that wrote events. */
export type CommitListener = (commit: Commit) => void

export type Tenancy = {
  /** With `repeats`, the connection keeps the statements prepared: for work that is done again and again. */
  inTenant: <T>(actor: Actor, work: (ctx: Ctx) => Promise<T>, how?: { repeats?: boolean }) => Promise<T>
  /** One read in one round trip: BEGIN, the tenant setting, the statement, its rest and COMMIT in one message. */
  readTenant: <Row>(actor: Actor, query: Statement<Row>) => Promise<Row[]>
  inSystem: <T>(work: (tx: SystemTx, audit: SystemAudit) => Promise<T>) => Promise<T>
  /**
   * An audit entry in a transaction of its own: for refusals, where there is nothing else to commit. False when
   * there is no such organization.
   */
  auditAlone: (organization_id: string, actor: AuditActor, entry: AuditEntry) => Promise<boolean>
}

const systemAudits = new WeakMap<object, SystemAudit>()

/** Tells of something in the organizations that it concerns; written just before the commit. */
type SystemEmit = (organization_id: string, actor: AuditActor, event: NewEvent) => void
const systemEmits = new WeakMap<object, SystemEmit>()

/** The audit of the system transaction that this handle belongs to: for work that is handed the transaction alone. */
export function auditIn(tx: Kysely<DB>): SystemAudit {
  const audit = systemAudits.get(tx)
  if (!audit) throw new Error('Only a transaction of inSystem carries its audit.')
  return audit
}

/** The same for events, which a system transaction writes into the organizations that they concern. */
export function emitIn(tx: Kysely<DB>): SystemEmit {
  const emit = systemEmits.get(tx)
  if (!emit) throw new Error('Only a transaction of inSystem carries its events.')
  return emit
}

const bind = { name: 'bind', text: "SELECT set_config('rapport.organization_id', $1, true)" }
/** The same, and statements are planned for their values from here on, to the end of the transaction or `planOnce`. */
const bindPlanning = {
  name: 'bind_planning',
  text: `${bind.text}, set_config('plan_cache_mode', 'force_custom_plan', true)`,
}
const planOnce = { name: 'plan_once', text: "SELECT set_config('plan_cache_mode', 'auto', true)" }

export function createTenancy(database: Database, onCommit: CommitListener): Tenancy {
  const connect = async (): Promise<PoolClient> => database.pool.connect()

  return {
    async inTenant(actor, work, how) {
      return transact(await connect(), async (client, opened) => {
        const bound = client.query({ ...bind, values: [actor.organization_id] })
        void bound.catch(() => undefined) // awaited below, together with the BEGIN
        const events: PendingEvent[] = []
        const entries: PendingEntry[] = []
        const ctx: Ctx = {
          tx: kyselyOn(client, how) as TenantTx,
          actor,
          emit(event) {
            events.push(newEvent(actor, event))
            const entry = entryOf(event)
            if (entry) entries.push(entry)
          },
          audit: (entry) => void entries.push(newEntry(entry)),
        }
        const result = await work(ctx)
        await Promise.all([opened, bound])
        const [seq] = await commit(
          client,
          writeEvents(client, actor.organization_id, events),
          writeEntries(client, actor.organization_id, { actor, entries }),
        )
        return {
          result,
          committed: () => {
            if (seq != null) onCommit({ organization_id: actor.organization_id, seq, ...toldOf(events) })
          },
        }
      })
    },

    async readTenant<Row>(actor: Actor, { rest, planned_anew = false, ...statement }: Statement<Row>) {
      const client = await connect()
      const values = [actor.organization_id]
      try {
        const [, , answer, , more] = await Promise.all([
          sendTogether(client).query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY'),
          client.query({ ...(planned_anew ? bindPlanning : bind), values }),
          client.query(wireOf(statement)),
          planned_anew && rest ? client.query(planOnce) : null,
          rest ? client.query(wireOf(rest)) : null,
          client.query('COMMIT'),
        ])
        client.release()
        const [first, ...others] = answer.rows as Row[]
        return more && first !== undefined
          ? [{ ...first, ...more.rows[0] }, ...others]
          : (answer.rows as Row[])
      } catch (error) {
        await settle(client, error)
        throw error
      }
    },

    async inSystem(work) {
      return transact(await connect(), async (client, opened) => {
        const logs = new Map<string, Batch[]>()
        const note = (organization_id: string, batch: Batch) =>
          void logs.set(organization_id, [...(logs.get(organization_id) ?? []), batch])
        const audit: SystemAudit = (organization_id, actor, entry) =>
          note(organization_id, { actor, entries: [newEntry(entry)], events: [] })
        const tx = kyselyOn(client) as SystemTx
        systemAudits.set(tx, audit)
        systemEmits.set(tx, (organization_id, actor, event) => {
          const entry = entryOf(event)
          note(organization_id, { actor, entries: entry ? [entry] : [], events: [newEvent(actor, event)] })
        })
        const result = await work(tx, audit).finally(() => {
          systemAudits.delete(tx)
          systemEmits.delete(tx)
        })
        await opened
        const heads = new Map<string, Written>()
        await commit(client, ...writeLogs(client, logs, heads))
        const told = await Promise.all(
          [...heads].map(async ([organization_id, head]) => ({ organization_id, seq: await head })),
        )
        return {
          result,
          committed: () => {
            for (const { organization_id, seq } of told)
              if (seq !== null) onCommit({ organization_id, seq, changes_access: false, events: null })
          },
        }
      })
    },

    async auditAlone(organization_id, actor, entry) {
      return transact(await connect(), async (client, opened) => {
        const logs = new Map([[organization_id, [{ actor, entries: [newEntry(entry)], events: [] }]]])
        const [numbers] = await Promise.all([commit(client, ...writeLogs(client, logs, new Map())), opened])
        return { result: numbers.some((seq) => seq !== null), committed: () => undefined }
      })
    },
  }
}

const toldOf = (events: readonly PendingEvent[]): Pick<Commit, 'changes_access' | 'events'> => ({
  changes_access: events.some(({ object }) => accessObjects.has(object)),
  events: [...kindsOf(events).values()],
})

/** Each once: many records that are made together make events of few kinds. */
function kindsOf(events: readonly PendingEvent[]): Map<string, EventKind> {
  const kinds = new Map<string, EventKind>()
  for (const { type, data } of events) {
    const keys = Object.keys(data)
    kinds.set(`${type} ${keys.join(' ')}`, { type, keys })
  }
  return kinds
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
    await settle(client, error)
    throw error
  }
  client.release()
  done.committed()
  return done.result
}

type Batch = { actor: AuditActor; entries: readonly PendingEntry[]; events: readonly PendingEvent[] }
/** The newest number that the statement gave. */
type Written = Promise<number | null>

async function writeEvents(
  client: PoolClient,
  organization_id: string,
  events: readonly PendingEvent[],
): Promise<number | null> {
  if (events.length === 0) return null
  const { rows } = await sendTogether(client).query<{ seq: number }>(insertOf(organization_id, events))
  return rows[0]?.seq ?? null
}

async function writeEntries(
  client: PoolClient,
  organization_id: string,
  { actor, entries }: Pick<Batch, 'actor' | 'entries'>,
): Promise<number | null> {
  if (entries.length === 0) return null
  return appendEntries(sendTogether(client), organization_id, actor, entries)
}

/** Always in the order of the organizations: two that write into the same logs never wait for each other in a ring. */
function writeLogs(
  client: PoolClient,
  logs: ReadonlyMap<string, readonly Batch[]>,
  heads: Map<string, Written>,
): Written[] {
  return [...logs.keys()].toSorted().flatMap((organization_id) => {
    const batches = logs.get(organization_id) ?? []
    const bound = sendTogether(client)
      .query({ ...bind, values: [organization_id] })
      .then(() => null)
    const events = batches.flatMap((batch) => batch.events)
    const head = writeEvents(client, organization_id, events)
    if (events.length > 0) heads.set(organization_id, head)
    return [bound, head, ...batches.map((batch) => writeEntries(client, organization_id, batch))]
  })
}

/** Commits in one message with what was just sent. Answers the numbers that were given. */
async function commit(client: PoolClient, ...written: Written[]): Promise<(number | null)[]> {
  const [ended, ...numbers] = await Promise.all([client.query('COMMIT'), ...written])
  // COMMIT of a failed transaction succeeds, as a ROLLBACK.
  if (ended.command !== 'COMMIT') throw new Error('The transaction could not be committed.')
  return numbers
}

/** Of a statement that was prepared before another version of us changed its table, or that is gone: a new connection prepares it anew. */
const outdated = new Set<unknown>(['0A000', '26000'])
const isOutdated = (error: unknown) => error instanceof Error && 'code' in error && outdated.has(error.code)

/** After a failure: waits for what is still in the pipe, rolls back, and gives the connection back or up. */
async function settle(client: PoolClient, failure: unknown): Promise<void> {
  try {
    await client.query('ROLLBACK')
    client.release(isOutdated(failure))
  } catch (error) {
    client.release(error instanceof Error ? error : true)
  }
}
