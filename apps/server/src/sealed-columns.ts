/** Every column that holds sealed values, for the key rotation: a table of contents. A test compares it with the catalogue. */
import { secondFactorSecrets } from './modules/identity/index.ts'
import { deviceSecrets, pushKeySecrets } from './modules/push/index.ts'
import { mailContents } from './platform/mail/index.ts'
import type { SealedColumn } from './platform/secrets/index.ts'

export const sealedColumns: readonly SealedColumn[] = [
  secondFactorSecrets,
  mailContents,
  pushKeySecrets,
  deviceSecrets,
]
