/** A process that starts the embedded PostgreSQL and holds it, for tests that kill it. Prints its addresses. */
import { startPostgres } from './index.ts'

const [dataDir = ''] = process.argv.slice(2)
const { url, adminUrl } = await startPostgres({ dataDir, log: { info: () => undefined } })
process.stdout.write(`${JSON.stringify({ url, adminUrl })}\n`)
