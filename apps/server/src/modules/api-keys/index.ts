export { createKeyring, type Keyring } from './keyring.ts'
export { apiKeysModule } from './routes.ts'
export { apiKeyProblems } from './described-problems.ts'
