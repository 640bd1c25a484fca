/** Every kind of record by its name, with what can be done to many of them: for jobs, which know only the name. */
import type { Permission, RecordOperations } from '@rapport/contracts'
import type { RawBuilder } from 'kysely'
import type { Actor } from '../../platform/actor.ts'
import {
  allRecords,
  findRecords,
  recordsOf,
  selectRecords,
  type RecordDescription,
} from '../../platform/lists/index.ts'
import type { Ctx } from '../../platform/tenancy.ts'
import { matchClause } from '../search/index.ts'
import { requireEditableFields, requireOwner } from './access.ts'
import { titleOf, type BaseRow, type Given, type Occasion, type RecordDefinition } from './definition.ts'
import type { Outcome } from './outcome.ts'
import type { RecordObject } from './problems.ts'
import { requireOwnRelated, requireRelated } from './relations.ts'
import { insertRecords, type Making } from './create.ts'
import { toldValues, asValues } from './values.ts'
import { lockRows } from './repository.ts'
import { revertRecords } from './revert.ts'
import { renewHolders } from './search.ts'
import { deleteRecords, restoreRecords } from './trash.ts'
import { updateRecords, type Change } from './update.ts'

export type Outcomes = ReadonlyMap<string, Outcome>
type Ids = readonly string[]
type Selection = { filter?: string | undefined; q?: string | undefined; trashed: boolean }

export type RecordKind = {
  records: RecordDescription<RecordObject>
  operations: RecordOperations
  create: Permission
  titleOf: (row: BaseRow) => string
  /** What the record holds, as callers know it, without the fields that are empty. */
  told: (row: BaseRow) => Record<string, unknown>
  /** `FROM … WHERE …` over the record `r`: what the caller may read, narrowed down as in a list. */
  select: (ctx: Pick<Ctx, 'actor'>, selection: Selection) => RawBuilder<unknown>
  /** Refuses what the caller could change in none of the records. */
  refuseChange: (ctx: Ctx, given: Given) => Promise<void>
  /** Any number of new ones, with owners as they are given. @param origin where they come from, told on their timelines. */
  insert: InsertMany
  /** Locks records until the end of the transaction. */
  lock: (ctx: Ctx, ids: Ids) => Promise<ReadonlyMap<string, BaseRow>>
  update: (ctx: Ctx, wanted: ReadonlyMap<string, Change>, occasion?: Occasion) => Promise<Outcomes>
  delete: (ctx: Ctx, versions: ReadonlyMap<string, number | undefined>) => Promise<Outcomes>
  restore: (ctx: Ctx, ids: Ids) => Promise<Outcomes>
  /** Renews what search knows of the next records with a value of the own field; answers the last one. */
  renewHolders: (ctx: Ctx, key: string, after: string | null) => Promise<string | null>
  /** Takes back what changes of fields did, by the version that each made. */
  revert: (ctx: Ctx, versions: ReadonlyMap<string, number>) => Promise<Outcomes>
}

export type InsertMany = (
  ctx: Ctx,
  given: readonly Given[],
  origin: Record<string, unknown>,
  making: Making,
) => Promise<readonly BaseRow[]>

/** Names the object of records that an organization made one for. */
export type PathParams = { object?: string | undefined } | undefined

/** The operations of kinds that are served alike: of one object, or of all those that organizations make. */
export type KindFamily = {
  operations: RecordOperations
  permissions: RecordDescription['permissions']
  /** The kind by the word of its object. */
  kindOf: (object: string) => RecordKind
  /** The kind that a request is about; throws a 404 where the caller sees no such object. */
  kindAt: (actor: Actor, params: PathParams) => RecordKind
}

const families = new Map<string, KindFamily>()

/** Takes back a move between stages, by the version that it made. */
type MoveBack = (ctx: Ctx, id: string, version: number) => Promise<Outcome>
const moves = new Map<string, MoveBack>()

/** Objects in stages say how their moves are taken back. */
export const holdMoves = (object: string, moveBack: MoveBack): void => void moves.set(object, moveBack)
export const moveBackOf = (object: string): MoveBack | undefined => moves.get(object)

/** `allow` for whoever may read records of any kind. */
export function readersOfAny(): [Permission, ...Permission[]] {
  const [first, ...others] = kindFamilies().map(({ permissions }) => permissions.read)
  if (first === undefined) throw new Error('No module keeps records yet.')
  return [first, ...others]
}

export const kindFamilies = (): KindFamily[] => [...families.values()]

const kindBy = (records: RecordDescription): RecordKind | undefined =>
  families.get(records.family)?.kindOf(records.object)

/** The kind of an object that is known to be there, whoever may see it. */
export const kindNamed = (object: string): RecordKind | undefined => kindBy(recordsOf(object))

/** The kinds that the actor's organization has and its role sees. */
export const recordKinds = (actor: Pick<Actor, 'own_objects'>): RecordKind[] =>
  allRecords(actor).flatMap((one) => kindBy(one) ?? [])

export function kindOf(object: string, actor: Actor): RecordKind | undefined {
  const records = findRecords(object, actor)
  return records && kindBy(records)
}

type Served<Row extends BaseRow> = {
  family: string
  operations: RecordOperations
  permissions: RecordDescription['permissions']
  definitionOf: (object: string) => RecordDefinition<Row>
  definitionAt: (actor: Actor, params: PathParams) => RecordDefinition<Row>
  insert?: InsertMany
}

export function keepKinds<Row extends BaseRow>(served: Served<Row>): void {
  const { family, permissions, operations, definitionOf, definitionAt } = served
  families.set(family, {
    operations,
    permissions,
    kindOf: (object) => kindFrom(definitionOf(object), served),
    kindAt: (actor, params) => kindFrom(definitionAt(actor, params), served),
  })
}

function kindFrom<Row extends BaseRow>(
  definition: RecordDefinition<Row>,
  { operations, insert }: Pick<Served<Row>, 'operations' | 'insert'>,
): RecordKind {
  const { records, create } = definition
  const { object, permissions } = records
  return {
    records,
    operations,
    create,
    titleOf: (row) => titleOf(records, row),
    told: (row) => toldValues(records, asValues(row)),
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
    insert:
      insert ??
      ((ctx, inputs, origin, making) =>
        insertRecords(
          ctx,
          definition,
          inputs.map((given) => ({ given })),
          origin,
          making,
        )),
    lock: (ctx, ids) => lockRows(ctx, definition, ids),
    update: (ctx, wanted, occasion) => updateRecords(ctx, definition, wanted, occasion),
    delete: (ctx, versions) => deleteRecords(ctx, definition, versions),
    restore: (ctx, ids) => restoreRecords(ctx, definition, ids),
    renewHolders: (ctx, key, after) => renewHolders(ctx, definition, key, after),
    revert: (ctx, versions) => revertRecords(ctx, definition, versions),
  }
}
