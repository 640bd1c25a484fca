/** Kysely on one connection that somebody else opened and will close: it builds and runs statements, no more. */
import {
  Kysely,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type CompiledQuery,
  type DatabaseConnection,
  type Driver,
  type QueryResult,
} from 'kysely'
import type { PoolClient } from 'pg'
import type { DB } from '../db/types.ts'
import { sendTogether } from './database.ts'
import { kept, wireOf } from './prepared.ts'

/** In a failed transaction, and of a statement that could not be prepared in one. */
const aftermath = new Set<unknown>(['25P02', '26000'])

class ClientConnection implements DatabaseConnection {
  readonly #client: PoolClient
  readonly #keeps: boolean
  #failure: unknown
  constructor(client: PoolClient, keeps: boolean) {
    this.#client = client
    this.#keeps = keeps
  }

  /** What failed before was of another transaction. */
  begin(): void {
    this.#failure = undefined
  }

  async executeQuery<Row>(query: CompiledQuery): Promise<QueryResult<Row>> {
    try {
      const answer = await sendTogether(this.#client).query(wireOf(this.#keeps ? kept(query) : query))
      return { rows: answer.rows as Row[], numAffectedRows: BigInt(answer.rowCount ?? 0) }
    } catch (error) {
      throw this.#causeOf(error)
    }
  }

  /** Statements that were sent together with a failed one fail, too, and whoever waits for both may hear of them first. */
  #causeOf(error: unknown): unknown {
    const isAftermath = error instanceof Error && 'code' in error && aftermath.has(error.code)
    if (!isAftermath) this.#failure = error
    return isAftermath ? (this.#failure ?? error) : error
  }

  // oxlint-disable-next-line require-yield -- streaming needs a cursor, which a pipelined connection cannot hold
  async *streamQuery<Row>(): AsyncIterableIterator<QueryResult<Row>> {
    throw new Error('Streaming is not available on a pipelined connection.')
  }
}

const refuse = async (): Promise<never> => {
  throw new Error('Transactions are opened by inTenant and inSystem only.')
}

class ClientDriver implements Driver {
  readonly #connection: ClientConnection
  constructor(connection: ClientConnection) {
    this.#connection = connection
  }
  init = async () => undefined
  acquireConnection = async () => this.#connection
  releaseConnection = async () => undefined
  destroy = async () => undefined
  beginTransaction = refuse
  commitTransaction = refuse
  rollbackTransaction = refuse
}

type OnClient = { connection: ClientConnection; kysely: Kysely<DB> }
const onClients = { once: new WeakMap<PoolClient, OnClient>(), again: new WeakMap<PoolClient, OnClient>() }

/**
 * For one transaction, which is about to begin.
 * @param repeats whether its statements will be asked again and again, so that the connection keeps them prepared.
 */
export function kyselyOn(client: PoolClient, { repeats = false } = {}): Kysely<DB> {
  const known = repeats ? onClients.again : onClients.once
  const { connection, kysely } = known.get(client) ?? openOn(client, repeats)
  known.set(client, { connection, kysely })
  connection.begin()
  return kysely
}

function openOn(client: PoolClient, repeats: boolean): OnClient {
  const connection = new ClientConnection(client, repeats)
  const kysely = new Kysely<DB>({
    dialect: {
      createAdapter: () => new PostgresAdapter(),
      createDriver: () => new ClientDriver(connection),
      createIntrospector: (db) => new PostgresIntrospector(db),
      createQueryCompiler: () => new PostgresQueryCompiler(),
    },
  })
  return { connection, kysely }
}

/** Only compiles: for statements that go out in a pipeline of their own (readTenant). */
export const queryBuilder = new Kysely<DB>({
  dialect: {
    createAdapter: () => new PostgresAdapter(),
    createDriver: () => ({
      init: async () => undefined,
      acquireConnection: refuse,
      releaseConnection: async () => undefined,
      destroy: async () => undefined,
      beginTransaction: refuse,
      commitTransaction: refuse,
      rollbackTransaction: refuse,
    }),
    createIntrospector: (db) => new PostgresIntrospector(db),
    createQueryCompiler: () => new PostgresQueryCompiler(),
  },
})
