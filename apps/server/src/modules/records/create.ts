import { setImmediate as nextTurn } from 'node:timers/promises'
import { newId } from '../../platform/ids.ts'
import { mayTouch } from '../../platform/actor.ts'
import { createBreath } from '../../platform/breathing.ts'
import type { RecordDescription } from '../../platform/lists/index.ts'
import { Problem } from '../../platform/problems.ts'
import type { Ctx } from '../../platform/tenancy.ts'
import { tellCreated, writeActivities } from '../activities/index.ts'
import { addTags } from '../tags/index.ts'
import { requireEditableFields, requireOwner } from './access.ts'
import { assignedActivity, assignment, type Assigned } from './assignment.ts'
import type { BaseRow, Custom, Given, Occasion, RecordDefinition } from './definition.ts'
import { emitRecord } from './facts.ts'
import { calculateOwn } from './formulas.ts'
import { notYours } from './problems.ts'
import { requireOwnRelated, requireRelated } from './relations.ts'
import { orProblem } from './outcome.ts'
import { ownFieldsOf, ownDefaults, requireOwnValues } from './own-values.ts'
import { indexOwnValues, requireUnique, type Taken } from './own-index.ts'
import { columnTypes, insertRows, isOwned } from './repository.ts'
import { indexNewRows } from './search.ts'
import { settleGiven, tagsOf, wordsOf } from './tags.ts'
import { countedAlready } from './totals.ts'
import { applyGiven, blankValues } from './values.ts'

/** A record to be made: what a caller gave, and what its module adds to it (a stage, a place). */
export type Prepared<Row extends BaseRow = BaseRow> = {
  given: Given
  kept?: Record<string, unknown>
  /** Refuses the record with all that it will have. */
  accept?: (row: Row) => void
}

/** One record by a caller, who owns it unless they name somebody, or a rule of assignment chooses. */
export async function createRecord<Row extends BaseRow>(
  ctx: Ctx,
  definition: RecordDefinition<Row>,
  { given, ...prepared }: Prepared<Row>,
  occasion: Occasion = {},
): Promise<Row> {
  requireEditableFields(ctx.actor, definition, given, 'creating')
  const owner_id =
    given.owner_id === undefined && isOwned(definition) ? ctx.actor.user_id : (given.owner_id ?? null)
  await Promise.all([
    requireOwner(ctx, owner_id),
    requireRelated(ctx, definition, given),
    requireOwnRelated(ctx, definition.records.object, given.custom ?? {}),
  ])
  if (!mayTouch(ctx.actor, definition.create, owner_id)) throw notYours(definition.records.object)
  const assigns = () => given.owner_id === undefined && isOwned(definition)
  const [row] = await insertRecords(
    ctx,
    definition,
    [{ given: { ...given, owner_id }, ...prepared }],
    {},
    { ...occasion, assigns },
  )
  if (!row) throw new Error(`The ${definition.records.object} was not inserted.`)
  return row
}

/** What is over before the database has begun. */
const few = 20

/** What happens around many new records. */
export type Making = Occasion & {
  /** Told of a record that cannot be made, by its place, while the others are; without it, one refuses all. */
  refused?: (index: number, problem: Problem) => void
  /** Told of each that is made, by its place. */
  made?: (index: number, row: BaseRow) => void
  /** Whoever makes many keeps one audit entry of them all. */
  unaudited?: boolean
  /** Whoever makes many counts them for the totals (`countNew`). */
  counted?: boolean
  /** Waited for before anything is written. */
  ready?: () => Promise<void>
  /** Nobody asks for what the database adds to the records, their times. */
  unread?: boolean
  /** Whether nobody was named for the record at that place, so that a rule may choose its owner. */
  assigns?: (index: number) => boolean
}

/** Any number of records with one statement for each table they touch. Owners are taken as they are. */
export async function insertRecords<Row extends BaseRow>(
  ctx: Ctx,
  definition: RecordDefinition<Row>,
  prepared: Prepared<Row>[],
  origin: Record<string, unknown> = {},
  {
    undoable = false,
    unaudited = false,
    unread = false,
    counted = false,
    ready,
    refused,
    made: told,
    assigns = () => false,
  }: Making = {},
): Promise<Row[]> {
  const { records, defaults } = definition
  const own = ownFieldsOf(ctx.actor, records.object)
  const settleTags = await wordsOf(
    ctx,
    prepared.map(({ given }) => given),
  )
  const blank = { ...blankValues(records), owner_id: null, ...defaults(ctx.actor), custom: ownDefaults(own) }
  const breathe = createBreath()
  const taken: Taken = new Set()
  const rows: NewRow[] = []
  const unnamed: NewRow[] = []
  const places = new Map<string, number>()
  for (const [index, { given, kept = {} }] of prepared.entries()) {
    await breathe()
    const row = {
      id: newId(),
      ...applyGiven(records, ctx.actor, { ...blank, ...kept }, settleGiven(settleTags, given, [])),
      created_by: ctx.actor.user_id,
    }
    const problem = await orProblem(() => settleNew(ctx, definition, row, taken, prepared[index]?.accept))
    if (!(problem instanceof Problem)) {
      rows.push(row)
      places.set(row.id, index)
      if (assigns(index)) unnamed.push(row)
    } else if (refused) refused(index, problem)
    else throw problem
  }
  if (rows.length === 0) return []
  const types = await columnTypes(ctx.tx, records)
  await ready?.()
  const assigned = await assignOwners(ctx, records, unnamed)
  const data = { version: 1, ...origin }
  const inserting = insertRows(ctx, definition, rows, { unread, types })
  inserting.catch(() => undefined) // awaited below
  // While the database writes many, the words that they are found by are made, and then the events.
  if (rows.length > few) await nextTurn()
  const others = Promise.all([
    addTags(
      ctx,
      records.object,
      rows.map((row) => ({ id: row.id, tags: tagsOf(row) })),
    ),
    indexNewRows(ctx, definition, rows as unknown as Row[]),
    indexOwnValues(ctx, records.object, rows),
    tellCreated(
      ctx,
      rows.map(({ id }) => id),
      { object: records.object, data, undoable },
    ),
    assigned.size > 0 &&
      writeActivities(
        ctx,
        [...assigned].map(([id, one]) => assignedActivity(records.object, id, one)),
      ),
  ])
  others.catch(() => undefined) // awaited below
  const made = withKept(records, await inserting, rows)
  const more = counted ? { ...origin, [countedAlready]: true } : origin
  for (const row of made) {
    await breathe()
    emitRecord(ctx, definition, 'created', row, {}, more, { unaudited })
    told?.(places.get(row.id) ?? 0, row)
  }
  await others
  await definition.beside?.(
    ctx,
    made.map((after) => ({ before: null, after })),
  )
  return made
}

/** New rows as the database has them, with what was given to them that stands in rows of other tables. */
function withKept<Row extends BaseRow>(
  { fields }: RecordDescription,
  inserted: readonly Row[],
  rows: readonly (Record<string, unknown> & { id: string })[],
): Row[] {
  const kept = [...fields.values()].filter((field) => field.rows).map(({ column }) => column)
  const given = new Map(rows.map((row) => [row.id, row]))
  return inserted.map((row) => ({
    ...row,
    ...Object.fromEntries(kept.map((column) => [column, given.get(row.id)?.[column] ?? []])),
  }))
}

/** Gives those to whom the rules choose; the others stay with whom they have. */
async function assignOwners(
  ctx: Ctx,
  records: RecordDescription,
  unnamed: readonly (Record<string, unknown> & { id: string })[],
): Promise<Map<string, Assigned>> {
  if (unnamed.length === 0) return new Map()
  const assigned = await assignment().assignNew(ctx, records, unnamed)
  for (const row of unnamed) row['owner_id'] = assigned.get(row.id)?.owner_id ?? row['owner_id']
  return assigned
}

type NewRow = Record<string, unknown> & { id: string; custom: Custom }

/** Gives the row what follows from its values, or throws the Problem that refuses it. */
async function settleNew<Row extends BaseRow>(
  ctx: Ctx,
  { records, settle }: RecordDefinition<Row>,
  row: NewRow,
  taken: Taken,
  accept: Prepared<Row>['accept'],
): Promise<void> {
  const own = ownFieldsOf(ctx.actor, records.object)
  requireOwnValues(own, row.custom, 'all')
  // Of a row that is refused, no value is taken.
  const claimed = new Set(taken)
  await requireUnique(ctx, records.object, row, claimed)
  if (settle) Object.assign(row, await settle(ctx, row as unknown as Row, null))
  row.custom = calculateOwn(records, own, row)
  accept?.(row as unknown as Row)
  for (const mark of claimed) taken.add(mark)
}
