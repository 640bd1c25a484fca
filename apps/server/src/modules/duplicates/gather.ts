/** What the winner gets without being asked, since nothing of the losers should be lost: tags, further addresses and numbers. */
import { mayEdit } from '@rapport/contracts'
import { sql } from 'kysely'
import { belongsClause } from '../../platform/lists/index.ts'
import type { Ctx } from '../../platform/tenancy.ts'
import type { RecordKind } from '../records/index.ts'
import type { Row } from './columns.ts'
import type { Sides } from './merge.ts'

type Given = Record<string, unknown>

/** Lists of the record, and the fields that hold one of their kind. */
const lists = { emails: ['email'], phones: ['phone', 'mobile'] } as const
const longest = 10

export async function addEverything(ctx: Ctx, kind: RecordKind, sides: Sides, values: Given): Promise<Given> {
  const { fields, object } = kind.records
  const added: Given = {}
  const may = (name: string) =>
    fields.has(name) && values[name] === undefined && mayEdit(ctx.actor.field_rules, object, name)
  if (Object.keys(lists).some(may)) {
    const rows = await readRows(ctx, kind, [sides.winner_id, ...sides.loser_ids])
    for (const [list, singles] of Object.entries(lists)) {
      if (!may(list)) continue
      const texts = rows.flatMap((row) => [row[list], ...singles.map((name) => row[name])]).flat()
      const all = [...new Set(texts.filter((one) => typeof one === 'string'))]
      added[list] = all
        .filter((one) => !singles.some((name) => (values[name] ?? rows[0]?.[name]) === one))
        .slice(0, longest)
    }
  }
  if (may('tags')) {
    const names = await readTags(ctx, object, sides.loser_ids)
    if (names.length > 0) added['tags'] = { add: names }
  }
  return { ...values, ...added }
}

/** In the order of the ids. */
async function readRows({ tx, actor }: Ctx, { records }: RecordKind, ids: readonly string[]): Promise<Row[]> {
  const { rows } = await sql<Row>`
    SELECT r.* FROM ${sql.table(records.table)} r
    WHERE ${belongsClause(records, actor)} AND r.id = ANY(${ids}::uuid[]) ORDER BY array_position(${ids}::uuid[], r.id)`.execute(
    tx,
  )
  return rows
}

async function readTags({ tx, actor }: Ctx, object: string, ids: readonly string[]): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`
    SELECT DISTINCT t.name FROM record_tags k JOIN tags t ON t.organization_id = k.organization_id AND t.id = k.tag_id
    WHERE k.organization_id = ${actor.organization_id}::uuid AND k.object = ${object} AND k.record_id = ANY(${ids}::uuid[])
    ORDER BY t.name`.execute(tx)
  return rows.map(({ name }) => name)
}
