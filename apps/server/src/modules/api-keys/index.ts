export { createKeyring, type Keyring } from './keyring.ts'
export { apiKeysModule } from './routes.ts'
