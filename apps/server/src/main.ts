/** Reads the environment, opens the database, starts the roles, and stops them in order. */
import { fileURLToPath } from 'node:url'
import { setFlagsFromString } from 'node:v8'
import type { Logger } from 'pino'
import { createApp, type App } from './app.ts'
import { loadSampleOrganization } from './modules/sample/index.ts'
import { EnvironmentError, readEnvironment, type Environment } from './platform/environment.ts'
import { createLog } from './platform/log/index.ts'
import { migrate } from './platform/migrations.ts'
import { startPostgres } from './platform/postgres/index.ts'
import type { ErrorReports } from './platform/telemetry/error-reports.ts'
import { openReports } from './reports.ts'

/**
 * The heap is cleared when it has grown by this much of what was alive, in percent. V8 would let it double and more;
 * decision 0047 has what each value costs in memory and in the slowest answers.
 */
const heapGrowth = 50
setFlagsFromString(`--heap-growing-percent=${heapGrowth}`)
/** Else V8 keeps as old what an import makes by the thousand and soon lets go, and whatever that refers to. */
setFlagsFromString('--no-allocation-site-pretenuring')
/** The young heap of the thread for long jobs, in MB; that of this one was laid out when the process began (`npm start`). */
setFlagsFromString('--max-semi-space-size=8')

type Running = { app: App; stopDatabase: () => Promise<void> }

async function main(): Promise<void> {
  const environment = readEnvironment()
  const reports = await openReports(environment)
  const log = createLog({ environment, onError: reports?.report })
  // It ends the process; the log is to know why.
  process.on('uncaughtExceptionMonitor', (error) => log.fatal({ err: error }, 'an error was not caught'))
  const running = await start(environment, log)
  stopOnSignals(running, log, reports)
}

async function start(environment: Environment, log: Logger): Promise<Running> {
  const postgres = environment.databaseUrl ? null : await startPostgres({ dataDir: environment.dataDir, log })
  const stopDatabase = async () => postgres?.stop()
  try {
    const databaseUrl = environment.databaseUrl ?? (postgres?.url as string)
    const applied = await migrate(databaseUrl)
    if (applied.length > 0) log.info({ migrations: applied }, 'the database is up to date')
    const app = await createApp({ environment, databaseUrl, log, jobThread: environment.role === 'all' })
    await app.start()
    const sample = environment.demo ? await loadSampleOrganization(app.platform) : null
    await app.http.listen({ port: environment.port, host: environment.host })
    tell(environment, app, sample !== null)
    return { app, stopDatabase }
  } catch (error) {
    await stopDatabase()
    throw error
  }
}

/** Straight to the terminal, whatever the log level: this is the answer to `npm start`. */
function tell(environment: Environment, app: App, sample: boolean): void {
  const address = app.http.server.address()
  const port = typeof address === 'object' && address ? address.port : environment.port
  const lines = [`Rapport is ready at ${environment.publicUrl.replace(/:0$/, `:${port}`)}`]
  if (sample) lines.push('Sample data is loaded. Log in as demo@rapport.local with the password rapport-demo')
  // The link opens every account that asked for a new password: it is for the terminal of whoever tries Rapport out.
  if (!environment.production && environment.smtpUrl === undefined)
    lines.push(`Mails are kept at ${app.outboxAddress.replace(/:0\//, `:${port}/`)}`)
  process.stdout.write(`\n${lines.join('\n')}\n\n`)
}

function stopOnSignals(running: Running, log: Logger, reports: ErrorReports | null): void {
  let stopping = false
  const stop = async (signal: string) => {
    if (stopping) process.exit(1) // asked twice: at once
    stopping = true
    log.info({ signal }, 'stopping')
    await running.app.stop()
    await running.stopDatabase()
    await reports?.flush()
    process.exit(0)
  }
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.on(signal, () => {
      stop(signal).catch((error: unknown) => {
        log.error({ err: error }, 'could not stop in order')
        process.exit(1)
      })
    })
}

/** What the person at the terminal can do something about is told without a stack. */
function explain(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  if (error instanceof EnvironmentError || error.name === 'StartRefused') return error.message
  if ('code' in error && error.code === 'EADDRINUSE')
    return `Port ${process.env['PORT'] ?? 3000} is already in use. Set PORT to another one.`
  return error.stack ?? error.message
}

if (process.argv[1] === fileURLToPath(import.meta.url))
  main().catch((error: unknown) => {
    process.stderr.write(`${explain(error)}\n`)
    process.exit(1)
  })
