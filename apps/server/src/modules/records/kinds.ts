/** Every kind of record by its name, with what can be done to many of them: for jobs, which know only the name. */
import type { Permission, RecordOperations } from '@rapport/contracts'
import type { RawBuilder } from 'kysely'
import { selectRecords, type RecordDescription } from '../../platform/lists/index.ts'
import type { Ctx } from '../../platform/tenancy.ts'
import { matchClause } from '../search/index.ts'
import { requireEditableFields, requireOwner } from './access.ts'
import { titleOf, type BaseRow, type Given, type RecordDefinition } from './definition.ts'
import type { Outcome } from './outcome.ts'
import type { RecordObject } from './problems.ts'
import { requireOwnRelated, requireRelated } from './relations.ts'
import { revertRecords } from './revert.ts'
import { deleteRecords, restoreRecords } from './trash.ts'
import { updateRecords, type Change } from './update.ts'

export type Outcomes = ReadonlyMap<string, Outcome>
type Ids = readonly string[]
type Selection = { filter?: string | undefined; q?: string | undefined; trashed: boolean }

export type RecordKind = {
  records: RecordDescription<RecordObject>
  operations: RecordOperations
  titleOf: (row: BaseRow) => string
  /** `FROM … WHERE …` over the record `r`: what the caller may read, narrowed down as in a list. */
  select: (ctx: Pick<Ctx, 'actor'>, selection: Selection) => RawBuilder<unknown>
  /** Refuses what the caller could change in none of the records. */
  refuseChange: (ctx: Ctx, given: Given) => Promise<void>
  update: (ctx: Ctx, wanted: ReadonlyMap<string, Change>) => Promise<Outcomes>
  delete: (ctx: Ctx, versions: ReadonlyMap<string, number | undefined>) => Promise<Outcomes>
  restore: (ctx: Ctx, ids: Ids) => Promise<Outcomes>
  /** Takes back what changes of fields did, by the version that each made. */
  revert: (ctx: Ctx, versions: ReadonlyMap<string, number>) => Promise<Outcomes>
}

const kinds = new Map<string, RecordKind>()

/** Takes back a move between stages, by the version that it made. */
type MoveBack = (ctx: Ctx, id: string, version: number) => Promise<Outcome>
const moves = new Map<string, MoveBack>()

/** Objects in stages say how their moves are taken back. */
export const holdMoves = (object: string, moveBack: MoveBack): void => void moves.set(object, moveBack)
export const moveBackOf = (object: string): MoveBack | undefined => moves.get(object)

/** `allow` for whoever may read records of any kind. */
export function readersOfAny(): [Permission, ...Permission[]] {
  const [first, ...others] = recordKinds().map(({ records }) => records.permissions.read)
  if (first === undefined) throw new Error('No module keeps records yet.')
  return [first, ...others]
}

export const recordKinds = (): RecordKind[] => [...kinds.values()]
export const kindOf = (object: string): RecordKind | undefined => kinds.get(object)

export function keepKind<Row extends BaseRow>(
  definition: RecordDefinition<Row>,
  operations: RecordOperations,
): void {
  const { records } = definition
  const { object, permissions } = records
  kinds.set(object, {
    records,
    operations,
    titleOf: (row) => titleOf(records, row),
    select: ({ actor }, { filter, q, trashed }) => {
      const match = q === undefined ? null : matchClause(actor, object, permissions.read, q)
      return selectRecords(records, actor, { filter, q, trashed }, match)
    },
    refuseChange: async (ctx, given) => {
      requireEditableFields(ctx.actor, definition, given, 'changing')
      await requireOwner(ctx, given.owner_id)
      await requireRelated(ctx, definition, given)
      await requireOwnRelated(ctx, object, given.custom ?? {})
    },
    update: (ctx, wanted) => updateRecords(ctx, definition, wanted),
    delete: (ctx, versions) => deleteRecords(ctx, definition, versions),
    restore: (ctx, ids) => restoreRecords(ctx, definition, ids),
    revert: (ctx, versions) => revertRecords(ctx, definition, versions),
  })
}
