/** Changing fields: of one record, or of any number with one statement for each table they touch. */
import { customPrefix, type CustomValue } from '@rapport/contracts'
import { Problem } from '../../platform/problems.ts'
import type { Ctx } from '../../platform/tenancy.ts'
import { writeActivities } from '../activities/index.ts'
import {
  refuseStale,
  refuseTrashed,
  requireEditableFields,
  requireOwner,
  requireTouchable,
} from './access.ts'
import type { BaseRow, Custom, Given, Occasion, RecordDefinition } from './definition.ts'
import { auditRecord, emitRecord } from './facts.ts'
import { calculateOwn } from './formulas.ts'
import { orProblem, rowOf, type Outcome } from './outcome.ts'
import { reindexOwnValues, requireUnique, type Taken } from './own-index.ts'
import { ownFieldsOf } from './own-values.ts'
import { requireOwnRelated, requireRelated, type Asked } from './relations.ts'
import { lockRows, updateRows } from './repository.ts'
import { changesOwnWords } from './own-words.ts'
import { indexRows } from './search.ts'
import { changeKeptTags, settleGiven, tagsOf, withoutMerging, wordsOf, type Settle } from './tags.ts'
import { applyGiven, asValues, changedColumns, changesBetween, type Changes } from './values.ts'

export type Change = Given & { version?: number | undefined }

/** Changes the fields that are given; what is as it was writes nothing. */
export async function updateRecord<Row extends BaseRow>(
  ctx: Ctx,
  definition: RecordDefinition<Row>,
  id: string,
  change: Change,
  occasion: Occasion = {},
): Promise<Row> {
  const known = id.toLowerCase()
  return rowOf(await updateRecords(ctx, definition, new Map([[known, change]]), occasion), known)
}

/** Each by the rules of a single one. @param wanted the change of each record by its id, in lower case. */
export async function updateRecords<Row extends BaseRow>(
  ctx: Ctx,
  definition: RecordDefinition<Row>,
  wanted: ReadonlyMap<string, Change>,
  occasion: Occasion = {},
): Promise<Map<string, Outcome<Row>>> {
  const [rows, owners, settle] = await Promise.all([
    lockRows(ctx, definition, [...wanted.keys()]),
    askOwners(ctx, [...wanted.values()]),
    wordsOf(ctx, [...wanted.values()]),
  ])
  const asked: Asked = new Map()
  const taken: Taken = new Set()
  const outcomes = new Map<string, Outcome<Row>>()
  const planned: Planned<Row>[] = []
  for (const [id, change] of wanted) {
    const plan = await orProblem(() =>
      planChange(ctx, definition, { id, row: rows.get(id), change, owners, asked, taken, settle }),
    )
    if (plan instanceof Problem) outcomes.set(id, plan)
    else if (plan.columns === null) outcomes.set(id, { row: plan.row, changed: false })
    else planned.push(plan)
  }
  for (const row of await writeChanges(ctx, definition, planned, occasion))
    outcomes.set(row.id, { row, changed: true })
  return outcomes
}

type Owners = ReadonlyMap<unknown, void | Problem>

/** Whether records can belong to whom they are given; many are often given to one. */
async function askOwners(ctx: Ctx, changes: readonly Change[]): Promise<Owners> {
  const owners = [...new Set(changes.map(({ owner_id }) => owner_id))]
  return new Map(
    await Promise.all(owners.map(async (id) => [id, await orProblem(() => requireOwner(ctx, id))] as const)),
  )
}

type Wanted<Row extends BaseRow> = {
  id: string
  row: Row | undefined
  change: Change
  owners: Owners
  asked: Asked
  settle: Settle
  taken: Taken
}
export type Planned<Row extends BaseRow> = {
  row: Row
  after: Row
  changes: Changes
  /** The new values by column. */
  columns: Record<string, unknown>
  /** What the timeline tells beside the changes, and what the event does. */
  data?: Record<string, unknown>
  more?: Record<string, unknown>
}
type Unchanged<Row extends BaseRow> = { row: Row; columns: null }

/** What the change comes to, by all rules; throws the Problem of the first that refuses it. */
async function planChange<Row extends BaseRow>(
  ctx: Ctx,
  definition: RecordDefinition<Row>,
  { id, row: found, change: { version, ...given }, owners, asked, taken, settle: settleTags }: Wanted<Row>,
): Promise<Planned<Row> | Unchanged<Row>> {
  const { records } = definition
  const row = requireTouchable(ctx.actor, definition, records.permissions.update, found, id)
  requireEditableFields(ctx.actor, definition, given, 'changing')
  const owned = owners.get(given.owner_id)
  if (owned instanceof Problem) throw owned
  refuseTrashed(definition, row)
  const wanted = settleGiven(settleTags, given, tagsOf(row))
  await refuseStale(ctx, definition, row, version, withoutMerging(given, wanted))
  const settled = await settleChange(ctx, definition, row, wanted, { asked, taken })
  return Object.keys(settled.changes).length === 0 ? { row, columns: null } : { row, ...settled }
}

type SettledChange<Row extends BaseRow> = Pick<Planned<Row>, 'after' | 'changes' | 'columns'>

type Circumstances<Row extends BaseRow> = {
  /** Columns that the caller sets by itself, as a stage sets a status. */
  entered?: Partial<Row>
  asked?: Asked
  taken?: Taken
}

/** What becomes of a locked row by what is given, by the object's own rules. */
export async function settleChange<Row extends BaseRow>(
  ctx: Pick<Ctx, 'tx' | 'actor'>,
  definition: RecordDefinition<Row>,
  row: Row,
  given: Given,
  { entered = {}, asked, taken }: Circumstances<Row> = {},
): Promise<SettledChange<Row>> {
  const { records, settle } = definition
  const wished = { ...applyGiven(records, ctx.actor, asValues(row), given), ...entered }
  const settled = { ...wished, ...(await settle?.(ctx, { ...row, ...wished }, row)) }
  const own = ownFieldsOf(ctx.actor, records.object)
  const after = { ...settled, custom: calculateOwn(records, own, settled) }
  const changes = changesBetween(records, asValues(row), after)
  const columns = changedColumns(definition, asValues(row), after, changes)
  await requireRelated(ctx, definition, columns, asked)
  const custom = customOf(changes)
  await requireOwnRelated(ctx, records.object, custom, asked)
  await requireUnique(ctx, records.object, { id: row.id, custom }, taken)
  return { after: { ...row, ...after }, changes, columns }
}

/** Renews what search and the index of own fields know of records, where that has changed. */
async function indexChanged<Row extends BaseRow>(
  ctx: Pick<Ctx, 'tx' | 'actor'>,
  definition: RecordDefinition<Row>,
  planned: readonly Planned<Row>[],
): Promise<void> {
  const { records, searched } = definition
  const ownFields = ownFieldsOf(ctx.actor, records.object)
  const isFoundAnew = (changes: Changes) =>
    searched.some((field) => field in changes) || changesOwnWords(ownFields, Object.keys(changes))
  // What is in the trash is neither searched nor listed by its fields until it comes back.
  const live = planned.filter(({ row }) => row.deleted_at === null)
  const found = live.filter(({ changes }) => isFoundAnew(changes))
  const own = live.map(({ after, changes }) => ({ holder: after, fields: Object.keys(changes) }))
  await Promise.all([
    found.length > 0
      ? indexRows(
          ctx,
          definition,
          found.map(({ after }) => after),
        )
      : undefined,
    reindexOwnValues(ctx, records.object, own),
  ])
}

/** What own fields are to hold. */
function customOf(changes: Changes): Custom {
  const own = Object.entries(changes).filter(([name]) => name.startsWith(customPrefix))
  return Object.fromEntries(own.map(([name, [, is]]) => [name.slice(customPrefix.length), is as CustomValue]))
}

/** Answers the new rows in the order of the plans. Those in the trash are told of in the audit log alone. */
export async function writeChanges<Row extends BaseRow>(
  ctx: Ctx,
  definition: RecordDefinition<Row>,
  planned: readonly Planned<Row>[],
  { undoable = false, origin }: Occasion = {},
  verb: 'updated' | 'stage_changed' = 'updated',
): Promise<Row[]> {
  if (planned.length === 0) return []
  const { records } = definition
  await changeKeptTags(ctx, records.object, planned)
  await definition.beside?.(
    ctx,
    planned.map(({ row, after }) => ({ before: row, after })),
  )
  const [updated] = await Promise.all([
    updatePlanned(ctx, definition, planned),
    indexChanged(ctx, definition, planned),
    writeActivities(
      ctx,
      planned.map(({ row, changes, data }) => ({
        object: records.object,
        record_id: row.id,
        type: verb,
        data: { changes, version: row.version + 1, ...data, ...origin },
        undoable,
      })),
    ),
  ])
  return planned.map(({ row: { id }, changes, more }) => {
    const row = updated.get(id)
    if (!row) throw new Error(`The locked ${records.object} ${id} is gone.`)
    if (row.deleted_at === null)
      emitRecord(ctx, definition, verb, row, changes, origin ? { ...more, ...origin } : more)
    else auditRecord(ctx, definition, verb, row, changes)
    return row
  })
}

/** One statement for all that change the same columns. */
async function updatePlanned<Row extends BaseRow>(
  ctx: Ctx,
  definition: RecordDefinition<Row>,
  planned: readonly Planned<Row>[],
): Promise<Map<string, Row>> {
  const alike = Map.groupBy(planned, ({ columns }) => Object.keys(columns).toSorted().join())
  const updated = await Promise.all(
    [...alike.values()].map((group) =>
      updateRows(
        ctx,
        definition,
        Object.keys(group[0]?.columns ?? {}),
        group.map(({ row, columns }) => ({ ...columns, id: row.id })),
      ),
    ),
  )
  return new Map(updated.flatMap((rows) => [...rows]))
}
