/** The records of an export, a thousand at a time. */
import { setImmediate as nextTurn } from 'node:timers/promises'
import type { ExportFormat } from '@rapport/contracts'
import { sql } from 'kysely'
import { orderBy, parseSort, seenBy } from '../../platform/lists/index.ts'
import type { Ctx } from '../../platform/tenancy.ts'
import type { RecordKind } from '../records/index.ts'
import { columnsOf, lineOf, type Column } from './columns.ts'
import { readNames } from './names.ts'
import type { Asked } from './repository.ts'

export type OpenRecords = {
  columns: Column[]
  total: number
  /** The transaction must stay open until the last of them. */
  batches: AsyncIterable<Batch>
}
/** Each row is one text, taken apart when it is written: so few cells live at a time, and die young. */
export type Batch = readonly string[]

const rowsAtOnce = 1_000
/** As lists begin. */
const usualSort = '-created_at'

export async function openRecords(
  ctx: Ctx,
  kind: RecordKind,
  asked: Asked,
  format: ExportFormat,
): Promise<OpenRecords> {
  const { tx, actor } = ctx
  const seen = seenBy(kind.records, actor)
  const local = format === 'xlsx' || asked.localized
  // To put a million records in order may take longer than any request would be given.
  await sql`SELECT set_config('statement_timeout', '0', true), set_config('TimeZone', ${local ? actor.time_zone : 'UTC'}, true),
    set_config('cursor_tuple_fraction', '1', true)`.execute(tx)
  const columns = columnsOf(seen, actor, asked.columns, { names: await readNames(ctx), local })
  const chosen = kind.select(ctx, {
    filter: asked.filter ?? undefined,
    q: asked.q ?? undefined,
    trashed: false,
  })
  const selected = asked.ids ? sql`${chosen} AND r.id = ANY(${asked.ids}::uuid[])` : chosen
  const { rows } = await sql<{ total: number }>`SELECT count(*)::int AS total ${selected}`.execute(tx)
  await sql`
    DECLARE exported NO SCROLL CURSOR FOR
    SELECT ${lineOf(columns, { guarded: format === 'csv' })} AS line ${selected} ORDER BY ${orderBy(parseSort(seen, asked.sort ?? usualSort))}`.execute(
    tx,
  )
  return { columns, total: rows[0]?.total ?? 0, batches: batchesOf(ctx) }
}

type Line = { line: string }

/** The next ones are on their way while these are written. */
async function* batchesOf({ tx }: Ctx): AsyncGenerator<Batch, void, void> {
  const next = () => sql<Line>`FETCH ${sql.lit(rowsAtOnce)} FROM exported`.execute(tx)
  let coming = next()
  for (;;) {
    const { rows } = await coming
    if (rows.length === rowsAtOnce) coming = next()
    // Where nobody takes them any more, the answer that is on its way fails with the transaction.
    coming.catch(() => undefined)
    // The question goes out before these rows keep the thread busy.
    await nextTurn()
    if (rows.length > 0) yield rows.map(({ line }) => line)
    if (rows.length < rowsAtOnce) return
  }
}
