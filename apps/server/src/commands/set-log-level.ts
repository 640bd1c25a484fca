/** `npm run log-level -- debug`, or `default` for what LOG_LEVEL says: how much all servers log, while they run. */
import { logLevels, type LogLevel } from '../platform/environment.ts'
import { readOperatorSettings, setLogLevel } from '../platform/maintenance/index.ts'
import { runCommand } from './run-command.ts'

const isLevel = (text: string): text is LogLevel => (logLevels as readonly string[]).includes(text)

await runCommand(async ({ environment, tenancy, tell }) => {
  const [wish] = process.argv.slice(2)
  if (wish !== undefined && wish !== 'default' && !isLevel(wish)) {
    tell(`Usage: npm run log-level [-- ${logLevels.join(' | ')} | default]`)
    return 2
  }
  if (wish) await tenancy.inSystem((tx) => setLogLevel(tx, wish === 'default' ? null : wish))
  const { log_level } = await tenancy.inSystem(readOperatorSettings)
  tell(
    log_level
      ? `All servers log at ${log_level}.`
      : `The environment decides; here it says ${environment.logLevel}.`,
  )
  if (wish) tell('Running servers follow within a few seconds.')
  return 0
})
