/**
 * The pool. Connections pipeline: statements are sent without waiting for each other's answers, so a
 * request that knows its statements beforehand costs one round trip. Only platform imports this file.
 */
import pg from 'pg'
import type { Logger } from 'pino'

const { Pool, types } = pg

// bigint columns here are counters and sequence numbers, well below 2^53.
types.setTypeParser(types.builtins.INT8, Number)
types.setTypeParser(types.builtins.TIMESTAMPTZ, (text: string) => new Date(text).toISOString())

export type Database = { pool: pg.Pool; url: string; close(): Promise<void> }

/** Opens the pool; `size` is the most connections this process holds. */
export function openDatabase(url: string, log: Logger, size = 16): Database {
  const pool = new Pool({
    connectionString: url,
    max: size,
    pipeline: true,
    idleTimeoutMillis: 60_000,
    connectionTimeoutMillis: 10_000,
    options: '-c timezone=UTC -c statement_timeout=30000 -c idle_in_transaction_session_timeout=60000',
  })
  // Without these a lost database connection ends the process.
  pool.on('error', (error) => log.warn({ err: error }, 'an idle database connection was lost'))
  pool.on('connect', (client) =>
    client.on('error', (error) => log.warn({ err: error }, 'a database connection was lost')),
  )
  return { pool, url, close: () => pool.end() }
}

/** Refuses roles that row-level security does not bind: with one, every tenant lock would be open. */
export async function refuseUnboundRole(database: Database): Promise<void> {
  const { rows } = await database.pool.query<{ rolname: string; unbound: boolean }>(
    'SELECT rolname, rolsuper OR rolbypassrls AS unbound FROM pg_roles WHERE rolname = current_user',
  )
  if (rows[0]?.unbound)
    throw new Error(
      `The database role "${rows[0].rolname}" is a superuser or has BYPASSRLS, so row-level security would not ` +
        'protect organizations from each other. Give DATABASE_URL an ordinary role that owns its database.',
    )
}
