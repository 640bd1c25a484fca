/** The one row of what the operator sets for all processes while they run. */
import { sql } from 'kysely'
import type { LogLevel } from '../environment.ts'
import type { SystemTx } from '../tenancy.ts'

export type OperatorSettings = {
  /** Read-only mode is on when this is not null; an empty text stands for the usual notice. */
  maintenance_notice: string | null
  maintenance_since: string | null
  /** Null leaves it to LOG_LEVEL. */
  log_level: LogLevel | null
}

export async function readOperatorSettings(tx: SystemTx): Promise<OperatorSettings> {
  const row = await tx
    .selectFrom('operator_settings')
    .select(['maintenance_notice', 'maintenance_since', 'log_level'])
    .executeTakeFirstOrThrow()
  return { ...row, log_level: row.log_level as LogLevel | null }
}

/** @param notice null ends the maintenance; while it is on, a new notice replaces the old one. */
export async function setMaintenance(tx: SystemTx, notice: string | null): Promise<void> {
  await tx
    .updateTable('operator_settings')
    .set({
      maintenance_notice: notice,
      maintenance_since: notice === null ? null : sql<string>`coalesce(maintenance_since, now())`,
      changed_at: sql<string>`now()`,
    })
    .execute()
}

export async function setLogLevel(tx: SystemTx, log_level: LogLevel | null): Promise<void> {
  await tx
    .updateTable('operator_settings')
    .set({ log_level, changed_at: sql<string>`now()` })
    .execute()
}
