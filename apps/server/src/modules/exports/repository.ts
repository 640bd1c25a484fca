/** SQL of exports: what each writes stands beside its job. */
import type { ExportFormat } from '@rapport/contracts'
import { sql, type RawBuilder } from 'kysely'
import type { Ctx } from '../../platform/tenancy.ts'
import type { JobRow } from '../bulk/index.ts'
import type { AskedColumn } from './columns.ts'

type Context = Pick<Ctx, 'tx' | 'actor'>

/** How the records are chosen and written, as it was asked for. */
export type Asked = {
  filter: string | null
  q: string | null
  sort: string | null
  ids: string[] | null
  columns: AskedColumn[] | null
  delimiter: string
  localized: boolean
}

export type ExportRow = Pick<
  JobRow,
  | 'id'
  | 'object'
  | 'state'
  | 'done'
  | 'total'
  | 'problem'
  | 'created_by'
  | 'created_at'
  | 'finished_at'
  | 'api_key'
> & {
  format: ExportFormat
  file_name: string
  asked: Asked | null
  bytes: number | null
  expires_at: string | null
}

const select = (ctx: Context, rest: RawBuilder<unknown>) => sql<ExportRow>`
  SELECT j.id, j.object, j.state, j.done, j.total, j.problem, j.created_by, j.created_at, j.finished_at, j.api_key,
    e.format, e.file_name, e.asked, e.bytes, e.expires_at
  FROM exports e JOIN jobs j ON j.organization_id = e.organization_id AND j.id = e.id
  WHERE e.organization_id = ${ctx.actor.organization_id}::uuid AND j.organization_id = ${ctx.actor.organization_id}::uuid
    ${rest}`

export async function findExport(ctx: Context, id: string): Promise<ExportRow | undefined> {
  return (await select(ctx, sql`AND e.id = ${id}::uuid`).execute(ctx.tx)).rows[0]
}

const listed = 50

/** The caller's own, the newest first. */
export async function listExports(ctx: Context): Promise<ExportRow[]> {
  const own = sql`AND j.created_by = ${ctx.actor.user_id}::uuid ORDER BY e.id DESC LIMIT ${listed}`
  return (await select(ctx, own).execute(ctx.tx)).rows
}

type NewRow = Pick<ExportRow, 'id' | 'format' | 'file_name'> & { asked: Asked }

export async function insertExport(
  { tx, actor }: Context,
  { id, format, file_name, asked }: NewRow,
): Promise<void> {
  await sql`
    INSERT INTO exports (organization_id, id, format, file_name, asked)
    VALUES (${actor.organization_id}::uuid, ${id}::uuid, ${format}, ${file_name}, ${JSON.stringify(asked)}::jsonb)`.execute(
    tx,
  )
}

/** The file is there, or will never be: how it was asked for is forgotten. */
export async function settleExport(
  { tx, actor }: Context,
  id: string,
  { bytes, days }: { bytes: number | null; days: number },
): Promise<void> {
  await sql`
    UPDATE exports SET asked = NULL, bytes = ${bytes}::bigint,
      expires_at = CASE WHEN ${bytes}::bigint IS NULL THEN NULL ELSE now() + make_interval(days => ${days}) END
    WHERE organization_id = ${actor.organization_id}::uuid AND id = ${id}::uuid`.execute(tx)
}

type Kept = Pick<ExportRow, 'id' | 'format'>

/** Files that are there, and those whose time is over. */
export async function listFiles({ tx, actor }: Context, which: 'all' | 'over'): Promise<Kept[]> {
  const { rows } = await sql<Kept>`
    SELECT id, format FROM exports WHERE organization_id = ${actor.organization_id}::uuid AND bytes IS NOT NULL
      ${which === 'over' ? sql`AND expires_at < now()` : sql``}`.execute(tx)
  return rows
}

export async function forgetFiles({ tx, actor }: Context, ids: readonly string[]): Promise<void> {
  await sql`
    UPDATE exports SET bytes = NULL
    WHERE organization_id = ${actor.organization_id}::uuid AND id = ANY(${[...ids]}::uuid[])`.execute(tx)
}
