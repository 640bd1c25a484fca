export { rotateSecrets } from './rotate.ts'
export { createSecrets, SecretUnreadable, type Secrets } from './seal.ts'
export { keyColumns, sealedColumn, type SealedColumn } from './sealed-column.ts'
