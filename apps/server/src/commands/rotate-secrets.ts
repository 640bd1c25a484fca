/** `npm run secrets:rotate`: seals every secret at rest anew with the first of RAPPORT_SECRET_KEYS. */
import { createSecrets, rotateSecrets } from '../platform/secrets/index.ts'
import { sealedColumns } from '../sealed-columns.ts'
import { runCommand } from './run-command.ts'

await runCommand(async ({ environment, tenancy, tell }) => {
  const secrets = createSecrets(environment.secretKeys)
  let unreadable = 0
  for (const rotation of await rotateSecrets({ tenancy, secrets }, sealedColumns)) {
    const { column, resealed, current } = rotation
    tell(
      `${column.table}.${column.column}: ${resealed} sealed anew, ${current} already under the current key`,
    )
    for (const reason of rotation.unreadable) tell(`  ${reason}`)
    unreadable += rotation.unreadable.length
  }
  if (unreadable > 0) {
    tell(`${unreadable} values could not be opened. Keep the older keys until that is cleared up.`)
    return 1
  }
  tell('Everything is sealed with the current key; the older ones can be taken out of the environment.')
  return 0
})
