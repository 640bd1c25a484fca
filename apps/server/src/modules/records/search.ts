/** What search knows of records: what they say of themselves, and what the records are called that they lead to. */
import type { EventType, RapportEvent } from '@rapport/contracts'
import { sql } from 'kysely'
import type { Subscription } from '../../platform/events/subscriptions.ts'
import { createBreath } from '../../platform/breathing.ts'
import { ownFieldsText, readOwnFields } from '../../platform/custom-fields.ts'
import { belongsClause, relationsOf, type Relation } from '../../platform/lists/index.ts'
import type { Ctx } from '../../platform/tenancy.ts'
import { indexNewRecords, indexRecords, type SearchDocument } from '../search/index.ts'
import { eventOf, type BaseRow, type RecordDefinition } from './definition.ts'
import { ownFieldsOf } from './own-values.ts'
import { ownWords } from './own-words.ts'
import { relatedTitles } from './relations.ts'

type Context = Pick<Ctx, 'tx' | 'actor'>

const searchedRelations = <Row extends BaseRow>({ records }: RecordDefinition<Row>): Relation[] =>
  relationsOf(records).filter(({ field }) => field.searchable)

async function documentsOf<Row extends BaseRow>(
  ctx: Context,
  definition: RecordDefinition<Row>,
  rows: readonly Row[],
): Promise<SearchDocument[]> {
  const relations = searchedRelations(definition)
  const own = ownFieldsOf(ctx.actor, definition.records.object)
  const titles = await Promise.all(relations.map((relation) => relatedTitles(ctx, relation, rows)))
  const breathe = createBreath()
  const documents: SearchDocument[] = []
  for (const row of rows) {
    await breathe()
    const related = relations.map(
      ({ field }, place) => titles[place]?.get((row as Record<string, unknown>)[field.column]) ?? null,
    )
    const document = definition.document(row)
    const words = ownWords(own, row.custom)
    documents.push({
      ...document,
      texts: [...document.texts, ...related, ...words.texts],
      emails: [...document.emails, ...words.emails],
      phones: [...document.phones, ...words.phones],
      urls: words.urls,
    })
  }
  return documents
}

export const indexNewRows = async <Row extends BaseRow>(
  ctx: Context,
  definition: RecordDefinition<Row>,
  rows: readonly Row[],
): Promise<void> => indexNewRecords(ctx, await documentsOf(ctx, definition, rows))

/** Renews what is known of them, or makes them findable again. */
export const indexRows = async <Row extends BaseRow>(
  ctx: Context,
  definition: RecordDefinition<Row>,
  rows: readonly Row[],
): Promise<void> => indexRecords(ctx, await documentsOf(ctx, definition, rows))

const renewedAtOnce = 500

/**
 * Records stay found by the names of those they lead to, when these are renamed, trashed or restored. They are locked as
 * by a change of their own: two that write the words of one record at once would meet in them.
 */
export function followRelatedNames<Row extends BaseRow>(definition: RecordDefinition<Row>): Subscription {
  const relations = searchedRelations(definition)
  const types = relations.flatMap(({ target }): EventType[] =>
    (['updated', 'deleted', 'restored'] as const).map((verb) => eventOf(target.family, verb)),
  )
  return {
    name: `${definition.records.table}.related_names`,
    types: [...new Set(types)],
    handle: async (ctx, events) => {
      const known = await asMembersDo(ctx)
      for (const relation of relations) {
        const ids = renamedOf(relation, events)
        if (ids.length > 0) await renewLedTo(known, definition, relation, ids)
      }
    },
  }
}

function renamedOf({ target }: Relation, events: readonly RapportEvent[]): string[] {
  const renamed = events.filter(
    ({ type, record, data }) =>
      record.object === target.object &&
      (type !== eventOf(target.family, 'updated') ||
        Object.hasOwn((data['changes'] ?? {}) as object, target.title)),
  )
  return [...new Set(renamed.map(({ record }) => record.id))]
}

async function renewLedTo<Row extends BaseRow>(
  ctx: Context,
  definition: RecordDefinition<Row>,
  { field }: Relation,
  ids: string[],
): Promise<void> {
  const { tx, actor } = ctx
  let after = '00000000-0000-0000-0000-000000000000'
  for (;;) {
    const { rows } = await sql<Row>`
      SELECT * FROM ${sql.table(definition.records.table)}
      WHERE organization_id = ${actor.organization_id}::uuid AND deleted_at IS NULL
        AND ${sql.ref(field.column)} = ANY(${ids}::uuid[]) AND id > ${after}::uuid
      ORDER BY id LIMIT ${renewedAtOnce} FOR NO KEY UPDATE`.execute(tx)
    const last = rows.at(-1)
    if (!last) return
    await indexRows(ctx, definition, rows)
    after = last.id
  }
}

/** The records that have a value of the field; answers the last of them, or null when none is left. */
export async function renewHolders<Row extends BaseRow>(
  ctx: Context,
  definition: RecordDefinition<Row>,
  key: string,
  after: string | null,
): Promise<string | null> {
  const { tx, actor } = ctx
  const { rows } = await sql<Row>`
    SELECT r.* FROM ${sql.table(definition.records.table)} r
    WHERE ${belongsClause(definition.records, actor)} AND r.deleted_at IS NULL AND r.custom ? ${key}::text
      AND r.id > ${after ?? '00000000-0000-0000-0000-000000000000'}::uuid
    ORDER BY r.id LIMIT ${renewedAtOnce} FOR NO KEY UPDATE`.execute(tx)
  await indexRows(ctx, definition, rows)
  return rows.at(-1)?.id ?? null
}

/** The system reads national numbers as of the organization's country, and knows its fields, as its members do. */
export async function asMembersDo<Known extends Context>(ctx: Known): Promise<Known> {
  const { tx, actor } = ctx
  const { rows } = await sql<{ country: string | null; own_fields: string }>`
    SELECT o.country, ${ownFieldsText(actor.organization_id)} AS own_fields FROM organizations o
    WHERE o.id = ${actor.organization_id}::uuid`.execute(tx)
  const [row] = rows
  if (!row) throw new Error(`There is no organization ${actor.organization_id}.`)
  const own_fields = readOwnFields(actor.organization_id, row.own_fields)
  return { ...ctx, actor: { ...actor, country: row.country, own_fields } }
}
