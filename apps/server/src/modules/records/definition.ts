/**
 * One description makes an object of the CRM: its fields (contract), where they are stored, what it is called and
 * found by. Everything that any record can do is written once in this folder and works from the definition; what an
 * object has beyond that (stages of a lead, lines of a deal) is its own module's.
 */
import type { CustomValue, EventType, Permission } from '@rapport/contracts'
import type { RawBuilder } from 'kysely'
import type { Actor } from '../../platform/actor.ts'
import type { RecordDescription } from '../../platform/lists/index.ts'
import type { Ctx } from '../../platform/tenancy.ts'
import type { SearchDocument } from '../search/index.ts'
import type { RecordObject } from './problems.ts'

export type Custom = Record<string, CustomValue>

/** What the row of any record has. */
export type BaseRow = {
  organization_id: string
  id: string
  owner_id: string | null
  custom: Custom
  version: number
  created_by: string | null
  created_at: string
  updated_at: string
  deleted_at: string | null
}

/** What a caller gives: fields by name, values as the API spells them. */
export type Given = Record<string, unknown> & {
  custom?: Custom | undefined
  owner_id?: string | null | undefined
}

export type Verb = 'created' | 'updated' | 'deleted' | 'restored' | 'erased' | 'stage_changed'

export type RecordDefinition<Row extends BaseRow> = {
  records: RecordDescription<RecordObject>
  create: Permission
  /** Columns beyond the fields: an insert fills them, and a change writes those that follow from it. */
  kept: readonly (keyof Row & string)[]
  /** What a new record has where nothing is given. */
  defaults: (actor: Actor) => Partial<Row>
  document: (row: Row) => SearchDocument
  subtitle: (seen: RecordDescription) => RawBuilder<string | null>
  /** The money field that is added up where records are counted. */
  value?: keyof Row & string
  /** Fields whose change makes search forget or find it. */
  searched: readonly (keyof Row & string)[]
  /** What every event of it tells, beside its changes: enough to follow without reading the record. */
  told: readonly (keyof Row & string)[]
  /**
   * The object's own rules on values before they are written: throws Problems, answers the columns that follow
   * from the others. The row is locked when it is changed.
   */
  settle?: (ctx: Pick<Ctx, 'tx' | 'actor'>, after: Row, before: Row | null) => Promise<Partial<Row>>
  /**
   * Writes what a record has in rows of its own beside its tags, and what else a change brings about: when new records
   * are there, and before changed ones are written, while they are locked.
   */
  beside?: (ctx: Ctx, written: readonly Written<Row>[]) => Promise<void>
}

export type Written<Row extends BaseRow> = { before: Row | null; after: Row }

/** How a change came about. `undoable`: by a person, one record at a time, so that they can take it back. */
export type Occasion = {
  undoable?: boolean
  /** Where it comes from, as an import: told by the timeline and the event. */
  origin?: Record<string, unknown>
}

/** What a person knows the record by. */
export const titleOf = (records: RecordDescription, row: BaseRow): string =>
  String((row as Record<string, unknown>)[records.title] ?? '')

export const eventOf = (family: string, verb: Verb) => `${family}.${verb}` as EventType
