/** The records of an export, a few thousand at a time. */
import type { ExportFormat } from '@rapport/contracts'
import { sql } from 'kysely'
import { orderBy, parseSort, seenBy } from '../../platform/lists/index.ts'
import type { Ctx } from '../../platform/tenancy.ts'
import type { RecordKind } from '../records/index.ts'
import { columnsOf, lineOf, separator, type Column } from './columns.ts'
import { readNames } from './names.ts'
import type { Asked } from './repository.ts'

export type OpenRecords = {
  columns: Column[]
  total: number
  /** Cells in the order of the columns; the transaction must stay open until the last of them. */
  batches: AsyncIterable<string[][]>
}

const rowsAtOnce = 4_000
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
    SELECT ${lineOf(columns)} AS line ${selected} ORDER BY ${orderBy(parseSort(seen, asked.sort ?? usualSort))}`.execute(
    tx,
  )
  return { columns, total: rows[0]?.total ?? 0, batches: batchesOf(ctx, columns) }
}

type Line = { line: string }

/** The next ones are on their way while these are written. */
async function* batchesOf({ tx }: Ctx, columns: readonly Column[]): AsyncGenerator<string[][], void, void> {
  const next = () => sql<Line>`FETCH ${sql.lit(rowsAtOnce)} FROM exported`.execute(tx)
  const read = columns.flatMap(({ read: readCell }, place) => (readCell ? [{ place, readCell }] : []))
  const cellsOf = ({ line }: Line): string[] => {
    const cells = line.split(separator)
    if (cells.length !== columns.length) throw new Error('A value holds the sign that separates values.')
    for (const { place, readCell } of read) {
      const cell = cells[place] ?? ''
      if (cell !== '') cells[place] = readCell(cell)
    }
    return cells
  }
  let coming = next()
  for (;;) {
    const { rows } = await coming
    if (rows.length === rowsAtOnce) coming = next()
    // Where nobody takes them any more, the answer that is on its way fails with the transaction.
    coming.catch(() => undefined)
    if (rows.length > 0) yield rows.map(cellsOf)
    if (rows.length < rowsAtOnce) return
  }
}
