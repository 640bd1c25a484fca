/** What every operator command shares: the environment, the database of the installation, and how it ends. */
import { openDatabase, refuseUnboundRole } from '../platform/database.ts'
import { EnvironmentError, readEnvironment, type Environment } from '../platform/environment.ts'
import { createLog } from '../platform/log/index.ts'
import { migrate } from '../platform/migrations.ts'
import { reachPostgres } from '../platform/postgres/reach.ts'
import { createTenancy, type Tenancy } from '../platform/tenancy.ts'

export type Installation = { environment: Environment; tenancy: Tenancy; tell: (line: string) => void }

const connections = 2

/**
 * Runs `work` on this installation's database, beside a running server or without one. It answers the exit code;
 * what it has to say goes through `tell`. Events that it emits are seen by servers at their next look.
 */
export async function runCommand(work: (installation: Installation) => Promise<number>): Promise<void> {
  try {
    process.exitCode = await onInstallation(readEnvironment(), work)
  } catch (error) {
    process.stderr.write(`${explain(error)}\n`)
    process.exitCode = 1
  }
}

async function onInstallation(
  environment: Environment,
  work: (installation: Installation) => Promise<number>,
): Promise<number> {
  // What the command has to say it tells; of the rest only what is wrong matters at the terminal.
  const logLevel = environment.logLevel === 'info' ? 'warn' : environment.logLevel
  const log = createLog({ environment: { logLevel, production: false } })
  const { databaseUrl, dataDir } = environment
  const reached = await reachPostgres({ databaseUrl, dataDir, log })
  try {
    if (reached.started) await migrate(reached.url)
    const database = openDatabase(reached.url, log, connections)
    try {
      await refuseUnboundRole(database)
      const tenancy = createTenancy(database, () => undefined)
      return await work({ environment, tenancy, tell: (line) => void process.stdout.write(`${line}\n`) })
    } finally {
      await database.close()
    }
  } finally {
    await reached.close()
  }
}

/** What the person at the terminal can do something about is told without a stack. */
function explain(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  if (error instanceof EnvironmentError || error.name === 'StartRefused') return error.message
  return error.stack ?? error.message
}
