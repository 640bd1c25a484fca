/**
 * The pool. Connections pipeline: statements are sent without waiting for each other's answers, so a
 * request that knows its statements beforehand costs one round trip. Only platform imports this file.
 */
import type { Writable } from 'node:stream'
import pg from 'pg'
import type { Logger } from 'pino'
import { poolSize } from './pool-size.ts'
import { StartRefused } from './postgres/start-refused.ts'

const { Pool, types } = pg

// bigint columns here are counters and sequence numbers, well below 2^53.
types.setTypeParser(types.builtins.INT8, Number)
// A date is a day wherever one is: no moment of some time zone.
types.setTypeParser(types.builtins.DATE, String)
types.setTypeParser(types.builtins.TIMESTAMPTZ, (text: string) => new Date(text).toISOString())

/**
 * Of every connection. One request is the work of one process: with parallel workers, which take longer to start than
 * a page takes to read, a few readers would hold up all others.
 */
const settings = {
  timezone: 'UTC',
  statement_timeout: 30_000,
  idle_in_transaction_session_timeout: 60_000,
  max_parallel_workers_per_gather: 0,
}

export type Database = { pool: pg.Pool; url: string; close(): Promise<void> }

/** Opens the pool; `size` is the most connections this process holds. */
export function openDatabase(url: string, log: Logger, size = poolSize): Database {
  const pool = new Pool({
    connectionString: url,
    max: size,
    pipeline: true,
    idleTimeoutMillis: 60_000,
    connectionTimeoutMillis: 10_000,
    options: Object.entries(settings)
      .map(([name, value]) => `-c ${name}=${value}`)
      .join(' '),
  })
  let closing = false
  // Without a listener a lost database connection ends the process. The error carries its whole client: only
  // the reason is logged.
  const tell = ({ message }: Error) => {
    if (!closing) log.warn({ reason: message }, 'a database connection was lost')
  }
  pool.on('error', tell)
  pool.on('connect', (client) => client.on('error', tell))
  return {
    pool,
    url,
    close() {
      closing = true
      return pool.end()
    },
  }
}

/**
 * The client, whose statements of this moment (until the microtasks have run) leave in one write: on its own,
 * each would be a system call here and wake its PostgreSQL process anew.
 */
export function sendTogether(client: pg.PoolClient): pg.PoolClient {
  const { stream } = (client as unknown as { connection: { stream: Writable } }).connection
  stream.cork()
  process.nextTick(() => stream.uncork())
  return client
}

/** Refuses roles that row-level security does not bind: with one, every tenant lock would be open. */
export async function refuseUnboundRole(database: Database): Promise<void> {
  const { rows } = await database.pool.query<{ rolname: string; unbound: boolean }>(
    'SELECT rolname, rolsuper OR rolbypassrls AS unbound FROM pg_roles WHERE rolname = current_user',
  )
  if (rows[0]?.unbound)
    throw new StartRefused(
      `The database role "${rows[0].rolname}" is a superuser or has BYPASSRLS, so row-level security would not ` +
        'protect organizations from each other. Give DATABASE_URL an ordinary role that owns its database.',
    )
}
