/** `npm run maintenance -- on "notice"`, `… off`, or nothing to see how things stand: read-only mode of all servers. */
import { readOperatorSettings, setMaintenance } from '../platform/maintenance/index.ts'
import { runCommand } from './run-command.ts'

const longestNotice = 500
const usage = 'Usage: npm run maintenance [-- on ["What people should know"] | off]'

await runCommand(async ({ tenancy, tell }) => {
  const [wish, ...words] = process.argv.slice(2)
  const notice = words.join(' ').trim()
  if ((wish !== undefined && wish !== 'on' && wish !== 'off') || notice.length > longestNotice) {
    tell(usage)
    return 2
  }
  if (wish) await tenancy.inSystem((tx) => setMaintenance(tx, wish === 'on' ? notice : null))
  const settings = await tenancy.inSystem(readOperatorSettings)
  if (settings.maintenance_notice === null) tell('Maintenance is off: everything can be changed.')
  else {
    tell(`Maintenance is on since ${settings.maintenance_since}: everything can be read, nothing changed.`)
    if (settings.maintenance_notice) tell(`Notice: ${settings.maintenance_notice}`)
  }
  if (wish) tell('Running servers follow within a few seconds.')
  return 0
})
