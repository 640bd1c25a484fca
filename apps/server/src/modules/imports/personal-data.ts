/** Imports keep what was uploaded: the file until it has been brought in, a sample, and the rows that failed. */
import type { Readable } from 'node:stream'
import { sql } from 'kysely'
import { mentions, type Person, type PersonalData } from '../../platform/personal-data/index.ts'
import { conflict } from '../../platform/problems.ts'
import type { Storage } from '../../platform/storage/index.ts'
import type { Ctx } from '../../platform/tenancy.ts'
import { filesOf, type FileFormat, type Layout } from './layout.ts'
import { readRows } from './rows.ts'

type Kept = { id: string; file_key: string; state: string; layout: Layout }

export const importPersonalData: PersonalData = {
  table: 'imports',
  async erase(ctx, person) {
    const { tx, actor } = ctx
    const ids = (await keptImports(ctx))
      .filter(({ layout }) => mentions(JSON.stringify(layout), person))
      .map(({ id }) => id)
    if (ids.length === 0) return 0
    await sql`
      UPDATE imports SET layout = jsonb_set(jsonb_set(layout, '{sample}', '[]'), '{columns}', (
        SELECT coalesce(jsonb_agg(jsonb_set(c, '{examples}', '[]')), '[]') FROM jsonb_array_elements(layout->'columns') c))
        #- '{format,sheets}'
      WHERE organization_id = ${actor.organization_id}::uuid AND id = ANY(${ids}::uuid[])`.execute(tx)
    return ids.length
  },
  /** An uploaded file that tells of the person is of no use any more: it would bring them back. */
  async eraseFiles(ctx, storage, person) {
    for (const kept of await keptImports(ctx)) {
      if (!(await filesMention(storage, kept, person))) continue
      if (kept.state === 'running')
        throw conflict(
          'import_running',
          'An import that holds data of this person is running; wait for its end.',
        )
      await sql`
        UPDATE imports SET state = CASE WHEN state IN ('uploaded', 'failed', 'paused') THEN 'cancelled' ELSE state END
        WHERE organization_id = ${ctx.actor.organization_id}::uuid AND id = ${kept.id}::uuid`.execute(ctx.tx)
      for (const file of filesOf(kept)) await storage.remove(file)
    }
  },
}

export const importErrorPersonalData: PersonalData = {
  table: 'import_errors',
  async collect({ tx, actor }, person) {
    const rows = await failedRows({ tx, actor }, person)
    return rows.map(({ import_id, row, source }) => ({ import_id, row, source }))
  },
  async erase({ tx, actor }, person) {
    const found = await failedRows({ tx, actor }, person)
    if (found.length === 0) return 0
    await sql`
      DELETE FROM import_errors e USING jsonb_to_recordset(${JSON.stringify(found)}::jsonb) AS f (import_id uuid, row int)
      WHERE e.organization_id = ${actor.organization_id}::uuid AND e.import_id = f.import_id AND e.row = f.row`.execute(
      tx,
    )
    return found.length
  },
}

/** Cells that name another record, until all rows are in. */
export const importLinkPersonalData: PersonalData = {
  table: 'import_links',
  async collect({ tx, actor }, person) {
    return (await openLinks({ tx, actor })).filter(({ source }) => mentions(JSON.stringify(source), person))
  },
  async erase({ tx, actor }, person) {
    const found = (await openLinks({ tx, actor })).filter(({ source }) =>
      mentions(JSON.stringify(source), person),
    )
    if (found.length === 0) return 0
    const places = found.map(({ import_id, row }) => ({ import_id, row }))
    await sql`
      DELETE FROM import_links l USING jsonb_to_recordset(${JSON.stringify(places)}::jsonb) AS f (import_id uuid, row int)
      WHERE l.organization_id = ${actor.organization_id}::uuid AND l.import_id = f.import_id AND l.row = f.row`.execute(
      tx,
    )
    return found.length
  },
}

/** They are there only while an import runs, or is held. */
const openLinks = ({ tx, actor }: Pick<Ctx, 'tx' | 'actor'>) =>
  tx
    .selectFrom('import_links')
    .select(['import_id', 'row', 'source'])
    .where('organization_id', '=', actor.organization_id)
    .execute()

async function keptImports({ tx, actor }: Pick<Ctx, 'tx' | 'actor'>): Promise<Kept[]> {
  const { rows } = await sql<Kept>`
    SELECT id, file_key, state, layout FROM imports WHERE organization_id = ${actor.organization_id}::uuid`.execute(
    tx,
  )
  return rows
}

/** Narrowed by the database, decided by the same rule as files. */
async function failedRows({ tx, actor }: Pick<Ctx, 'tx' | 'actor'>, person: Person) {
  const { rows } = await sql<{ import_id: string; row: number; source: unknown }>`
    SELECT e.import_id, e.row, e.source FROM import_errors e
    WHERE e.organization_id = ${actor.organization_id}::uuid AND (
      EXISTS (SELECT 1 FROM unnest(${[...person.emails, ...person.names]}::text[]) m WHERE position(m IN lower(e.source::text)) > 0)
      OR EXISTS (SELECT 1 FROM unnest(${person.phones}::text[]) p WHERE position(p IN regexp_replace(e.source::text, '\\D', '', 'g')) > 0))`.execute(
    tx,
  )
  return rows.filter(({ source }) => mentions(JSON.stringify(source), person))
}

/** Names of sheets are part of the workbook. */
async function filesMention(storage: Storage, kept: Kept, person: Person): Promise<boolean> {
  const { format } = kept.layout
  if (format.sheets?.some(({ name }) => mentions(name, person))) return true
  for (const file of filesOf(kept)) if (await fileMentions(storage.read(file), format, person)) return true
  return false
}

async function fileMentions(file: Readable, format: FileFormat, person: Person): Promise<boolean> {
  try {
    // What stands above the table is part of the file, too.
    for await (const { cells } of readRows(file, { ...format, header_row: 1 }))
      if (mentions(cells.join(' '), person)) return true
    return false
  } catch (error) {
    // Files of imports that are over have been removed already.
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return false
    throw error
  }
}
