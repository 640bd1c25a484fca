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

const inFailedTransaction = '25P02'

class ClientConnection implements DatabaseConnection {
  readonly #client: PoolClient
  #failure: unknown
  constructor(client: PoolClient) {
    this.#client = client
  }

  async executeQuery<Row>(query: CompiledQuery): Promise<QueryResult<Row>> {
    try {
      const answer = await sendTogether(this.#client).query(query.sql, query.parameters as unknown[])
      return { rows: answer.rows as Row[], numAffectedRows: BigInt(answer.rowCount ?? 0) }
    } catch (error) {
      throw this.#causeOf(error)
    }
  }

  /** Statements that were sent together with a failed one fail, too, and whoever waits for both may hear of them first. */
  #causeOf(error: unknown): unknown {
    const isAftermath = error instanceof Error && 'code' in error && error.code === inFailedTransaction
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
  constructor(client: PoolClient) {
    this.#connection = new ClientConnection(client)
  }
  init = async () => undefined
  acquireConnection = async () => this.#connection
  releaseConnection = async () => undefined
  destroy = async () => undefined
  beginTransaction = refuse
  commitTransaction = refuse
  rollbackTransaction = refuse
}

const instances = new WeakMap<PoolClient, Kysely<DB>>()

export function kyselyOn(client: PoolClient): Kysely<DB> {
  let instance = instances.get(client)
  if (!instance) {
    instance = new Kysely<DB>({
      dialect: {
        createAdapter: () => new PostgresAdapter(),
        createDriver: () => new ClientDriver(client),
        createIntrospector: (db) => new PostgresIntrospector(db),
        createQueryCompiler: () => new PostgresQueryCompiler(),
      },
    })
    instances.set(client, instance)
  }
  return instance
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
