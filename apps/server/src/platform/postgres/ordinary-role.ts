import { Client } from 'pg'

export const ROLE = 'rapport'
export const DATABASE = 'rapport'

/**
 * The application never works as superuser: row-level security does not apply to one. Repeated on every start, so
 * that a start cut off between two statements, or a lost password file, repairs itself.
 */
export async function ensureOrdinaryRole(adminUrl: string, password: string): Promise<void> {
  const admin = new Client({ connectionString: adminUrl })
  await admin.connect()
  try {
    const role = await admin.query('SELECT 1 FROM pg_roles WHERE rolname = $1', [ROLE])
    const verb = role.rowCount ? 'ALTER' : 'CREATE'
    await admin.query(
      `${verb} ROLE ${ROLE} LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEROLE NOCREATEDB NOREPLICATION
       PASSWORD ${admin.escapeLiteral(password)}`,
    )
    const database = await admin.query('SELECT 1 FROM pg_database WHERE datname = $1', [DATABASE])
    if (!database.rowCount) await admin.query(`CREATE DATABASE ${DATABASE} OWNER ${ROLE}`)
  } finally {
    await admin.end()
  }
}
