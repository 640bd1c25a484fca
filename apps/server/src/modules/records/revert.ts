/**
 * Taking back what a change did to fields. The timeline knows what each version changed, so nothing further is kept
 * for it. A field goes back only while it still has the value that the change gave it; what somebody set since stays.
 */
import type { TagChange } from '@rapport/contracts'
import { Problem } from '../../platform/problems.ts'
import type { Ctx } from '../../platform/tenancy.ts'
import { readChanges } from '../activities/index.ts'
import type { BaseRow, RecordDefinition } from './definition.ts'
import { isCalculated } from './formulas.ts'
import type { Outcome } from './outcome.ts'
import { ownFieldsOf } from './own-values.ts'
import { changedSince } from './problems.ts'
import { lockRows } from './repository.ts'
import { updateRecords, type Change } from './update.ts'
import { currentOf, isSame, type Changes } from './values.ts'

/** @param versions the version of each record that the change made, by id. */
export async function revertRecords<Row extends BaseRow>(
  ctx: Ctx,
  definition: RecordDefinition<Row>,
  versions: ReadonlyMap<string, number>,
): Promise<Map<string, Outcome<Row>>> {
  const { records } = definition
  const rows = await lockRows(ctx, definition, [...versions.keys()])
  const changes = await readChanges(ctx, records.object, versions)
  const outcomes = new Map<string, Outcome<Row>>()
  const wanted = new Map<string, Change>()
  const kept = new Map<string, string[]>()
  for (const id of versions.keys()) {
    const row = rows.get(id)
    const { back, since } = row
      ? sortOut(ctx, definition, row, changes.get(id) ?? {})
      : { back: {}, since: [] }
    kept.set(id, since)
    // A record that is gone is told of by the update.
    if (row && Object.keys(back).length === 0) outcomes.set(id, changedSince(records, ctx.actor, row, since))
    else wanted.set(id, asChange(back))
  }
  for (const [id, outcome] of await updateRecords(ctx, definition, wanted))
    outcomes.set(id, outcome instanceof Problem ? outcome : { ...outcome, kept: kept.get(id) ?? [] })
  return outcomes
}

/** What goes back to which value, and what was set since. What is calculated follows by itself. */
export function sortOut<Row extends BaseRow>(
  { actor }: Ctx,
  { records }: RecordDefinition<Row>,
  row: Row,
  changes: Changes,
) {
  const own = ownFieldsOf(actor, records.object)
  const fields = Object.entries(changes).filter(([field]) => !isCalculated(own, field))
  const isTags = (field: string) => records.fields.get(field)?.type === 'tags'
  // Tags come and go each for itself, so other people's are in nobody's way.
  const isThere = ([field, [, is]]: (typeof fields)[number]) =>
    isTags(field) || isSame(currentOf(records, row, field), is ?? null)
  return {
    back: Object.fromEntries(
      fields.filter(isThere).map(([field, [was, is]]) => [field, isTags(field) ? asTagChange(was, is) : was]),
    ),
    since: fields.filter((field) => !isThere(field)).map(([field]) => field),
  }
}

/** Tags are told by their names. */
function asTagChange(was: unknown, is: unknown): TagChange {
  const [before, after] = [was ?? [], is ?? []] as [string[], string[]]
  return {
    add: before.filter((name) => !after.includes(name)),
    remove: after.filter((name) => !before.includes(name)),
  }
}

/** `custom.<key>` as callers give it. */
export function asChange(fields: Record<string, unknown>): Change {
  const prefix = 'custom.'
  const { custom = [], plain = [] } = Object.groupBy(Object.entries(fields), ([field]) =>
    field.startsWith(prefix) ? 'custom' : 'plain',
  )
  const values = Object.fromEntries(custom.map(([field, value]) => [field.slice(prefix.length), value]))
  return {
    ...Object.fromEntries(plain),
    ...(custom.length > 0 ? { custom: values as NonNullable<Change['custom']> } : {}),
  }
}
