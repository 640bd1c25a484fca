/**
 * Seals every value anew with the current key, so that an older one can be taken away. It works in short
 * transactions beside running servers, passes over what is done, and can be stopped and started again at will.
 */
import { sql } from 'kysely'
import { systemActor } from '../actor.ts'
import type { SystemTx, Tenancy, TenantTx } from '../tenancy.ts'
import { SecretUnreadable, type Secrets } from './seal.ts'
import { keyColumns, type SealedColumn } from './sealed-column.ts'

const batchSize = 200

export type Rotation = {
  column: SealedColumn
  resealed: number
  /** Already under the current key when the rotation came by. */
  current: number
  /** Why each value that could not be opened was left as it is. */
  unreadable: string[]
}

type Parts = { tenancy: Pick<Tenancy, 'inSystem' | 'inTenant'>; secrets: Secrets }
type Tx = SystemTx | TenantTx
type Row = Record<string, string>
type Within = <T>(work: (tx: Tx) => Promise<T>) => Promise<T>

export async function rotateSecrets(parts: Parts, columns: readonly SealedColumn[]): Promise<Rotation[]> {
  const rotations: Rotation[] = []
  for (const column of columns) {
    const rotation: Rotation = { column, resealed: 0, current: 0, unreadable: [] }
    if (column.owner !== 'organization_id') await rotateRows(parts, parts.tenancy.inSystem, rotation, null)
    else
      for (const organization_id of await listOrganizations(parts.tenancy))
        await rotateRows(
          parts,
          (work) => parts.tenancy.inTenant(systemActor(organization_id), ({ tx }) => work(tx)),
          rotation,
          organization_id,
        )
    rotations.push(rotation)
  }
  return rotations
}

async function listOrganizations(tenancy: Parts['tenancy']): Promise<string[]> {
  const rows = await tenancy.inSystem((tx) => tx.selectFrom('organizations').select('id').execute())
  return rows.map(({ id }) => id)
}

/** The rows of one organization, or of all where the table is outside the tenant lock, in the order of their key. */
async function rotateRows(
  { secrets }: Parts,
  within: Within,
  rotation: Rotation,
  organization_id: string | null,
) {
  const { column } = rotation
  const keys = keyColumns(column)
  const key = sql.join(keys.map((name) => sql.ref(name)))
  const value = sql.ref(column.column)
  const mine = organization_id === null ? sql`` : sql`AND organization_id = ${organization_id}`
  let after: Row | null = null

  const readBatch = (tx: Tx) => {
    const beyond = after ? sql`AND (${key}) > (${sql.join(keys.map((name) => (after as Row)[name]))})` : sql``
    return sql<Row>`SELECT ${key}, ${value} FROM ${sql.table(column.table)}
      WHERE ${value} IS NOT NULL ${mine} ${beyond} ORDER BY ${key} LIMIT ${batchSize} FOR UPDATE`.execute(tx)
  }
  const writeRow = (tx: Tx, row: Row, sealed: string) => {
    const same = sql.join(
      keys.map((name) => sql`${sql.ref(name)} = ${row[name]}`),
      sql` AND `,
    )
    return sql`UPDATE ${sql.table(column.table)} SET ${value} = ${sealed} WHERE ${same}`.execute(tx)
  }

  for (;;) {
    const rows = await within(async (tx) => {
      const batch = await readBatch(tx)
      for (const row of batch.rows) {
        const sealed = resealRow(secrets, rotation, row)
        if (sealed !== null) await writeRow(tx, row, sealed)
      }
      return batch.rows
    })
    after = rows.at(-1) ?? null
    if (rows.length < batchSize) return
  }
}

/** The value under the current key, or null when there is nothing to write. */
function resealRow(secrets: Secrets, rotation: Rotation, row: Row): string | null {
  const { column } = rotation
  const stored = row[column.column] ?? ''
  if (stored.startsWith(secrets.currentPrefix)) {
    rotation.current += 1
    return null
  }
  try {
    const sealed = secrets.seal(column.place(row), secrets.open(column.place(row), stored))
    rotation.resealed += 1
    return sealed
  } catch (error) {
    if (!(error instanceof SecretUnreadable)) throw error
    rotation.unreadable.push(error.message)
    return null
  }
}
