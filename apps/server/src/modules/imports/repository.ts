/** SQL of the imports and their row errors. */
import type { Selectable, Updateable } from 'kysely'
import type { Imports } from '../../db/types.ts'
import type { Ctx } from '../../platform/tenancy.ts'
import { inWords, type RowProblem, type RowReason } from './reasons.ts'
import type { DateOrder } from '@rapport/contracts'
import type { Layout } from './layout.ts'

export type ImportRow = Omit<Selectable<Imports>, 'layout' | 'mapping' | 'date_order'> & {
  layout: Layout
  date_order: DateOrder | null
  mapping: Record<string, string | null> | null
}
export type FailedRow = { row: number; cells: string[]; problem: RowProblem }

const shown = 100

type NewImport = Pick<
  ImportRow,
  'id' | 'object' | 'file_name' | 'file_key' | 'layout' | 'total' | 'source_key'
>

export async function insertImport({ tx, actor }: Ctx, given: NewImport): Promise<ImportRow> {
  const row = await tx
    .insertInto('imports')
    .values({
      ...given,
      layout: JSON.stringify(given.layout),
      organization_id: actor.organization_id,
      state: 'uploaded',
      created_by: actor.user_id,
    })
    .returningAll()
    .executeTakeFirstOrThrow()
  return row as unknown as ImportRow
}

/** @param reach whose imports are wanted, of each object. */
export async function listImports(
  { tx, actor }: Ctx,
  reach: readonly { object: string; importers: 'all' | readonly string[] }[],
): Promise<ImportRow[]> {
  const rows = await tx
    .selectFrom('imports')
    .selectAll()
    .where('organization_id', '=', actor.organization_id)
    .where((is) =>
      is.or(
        reach.map(({ object, importers }) =>
          importers === 'all'
            ? is('object', '=', object)
            : is.and([is('object', '=', object), is('created_by', '=', is.fn.any(is.val([...importers])))]),
        ),
      ),
    )
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .limit(shown)
    .execute()
  return rows as unknown as ImportRow[]
}

/** What was chosen for the last file with the same columns. */
export async function findMapping(
  { tx, actor }: Ctx,
  object: string,
  source_key: string,
): Promise<ImportRow['mapping']> {
  const row = await tx
    .selectFrom('imports')
    .select('mapping')
    .where('organization_id', '=', actor.organization_id)
    .where('object', '=', object)
    .where('source_key', '=', source_key)
    .where('mapping', 'is not', null)
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst()
  return (row?.mapping ?? null) as ImportRow['mapping']
}

export async function findImport(ctx: Ctx, id: string): Promise<ImportRow | undefined> {
  return (await select(ctx, id).executeTakeFirst()) as ImportRow | undefined
}

/** Whoever holds the lock is the only one to move the import; what it made can be written down meanwhile. */
export async function lockImport(ctx: Ctx, id: string): Promise<ImportRow | undefined> {
  return (await select(ctx, id).forNoKeyUpdate().executeTakeFirst()) as ImportRow | undefined
}

function select({ tx, actor }: Ctx, id: string) {
  return tx
    .selectFrom('imports')
    .selectAll()
    .where('organization_id', '=', actor.organization_id)
    .where('id', '=', id)
}

export async function updateImport(
  { tx, actor }: Ctx,
  id: string,
  set: Updateable<Imports>,
): Promise<ImportRow> {
  const row = await tx
    .updateTable('imports')
    .set(set)
    .where('organization_id', '=', actor.organization_id)
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirstOrThrow()
  return row as unknown as ImportRow
}

export async function insertErrors(
  { tx, actor }: Ctx,
  import_id: string,
  failed: FailedRow[],
): Promise<void> {
  if (failed.length === 0) return
  const values = failed.map(({ row, cells, problem }) => ({
    organization_id: actor.organization_id,
    import_id,
    row,
    column_name: problem.column,
    value: problem.value,
    message: inWords(problem.reasons, 'en'),
    reasons: JSON.stringify(problem.reasons),
    source: JSON.stringify(cells),
  }))
  await tx
    .insertInto('import_errors')
    .values(values)
    .onConflict((conflict) => conflict.columns(['organization_id', 'import_id', 'row']).doNothing())
    .execute()
}

export async function listErrors({ tx, actor }: Ctx, import_id: string, after: number, limit: number) {
  const rows = await tx
    .selectFrom('import_errors')
    .select(['row', 'column_name', 'message', 'reasons', 'source'])
    .where('organization_id', '=', actor.organization_id)
    .where('import_id', '=', import_id)
    .where('row', '>', after)
    .orderBy('row')
    .limit(limit)
    .execute()
  return rows.map(({ source, reasons, message, ...row }) => ({
    ...row,
    cells: source as string[],
    message: reasons === null ? message : inWords(reasons as RowReason[], actor.language),
  }))
}
