/** Saved views: one's own, and those that a team or everyone shares. */
import { isDeepStrictEqual } from 'node:util'
import type { Filter, NewView, View, ViewChange } from '@rapport/contracts'
import { newId } from '../../platform/ids.ts'
import { keepConditions } from '../../platform/lists/index.ts'
import type { Ctx } from '../../platform/tenancy.ts'
import { checkView } from './check.ts'
import { requireChangeable, requireReach } from './policy.ts'
import { presentView, requireSeen } from './presentation.ts'
import { staleView, tooManyViews, viewNotFound } from './problems.ts'
import {
  deleteViewRow,
  findView,
  insertView,
  lockView,
  placesOf,
  setDefaults,
  updateViewRow,
  type ViewRow,
} from './repository.ts'

const mostViews = 200

export async function createView(ctx: Ctx, { object, is_default_for, ...given }: NewView): Promise<View> {
  const { actor } = ctx
  if (actor.user_id === null) throw new Error('The system keeps no views of its own.')
  const records = requireSeen(actor, object)
  const owner_id = actor.user_id
  requireReach(actor, { owner_id, visibility: given.visibility })
  await checkView(ctx, records, { ...given, is_default_for }, { ...given, is_default_for })
  const { owned, next } = await placesOf(ctx, object)
  if (owned >= mostViews) throw tooManyViews(mostViews)
  const id = newId()
  await insertView(ctx, id, { ...given, object, owner_id, position: given.position ?? next })
  if (is_default_for.length > 0) await setDefaults(ctx, { id, object }, is_default_for)
  const view = await requireView(ctx, id)
  tell(ctx, 'created', null, view)
  return presentView(actor, records, view)
}

export async function updateView(ctx: Ctx, id: string, { version, ...given }: ViewChange): Promise<View> {
  const { actor } = ctx
  const view = await lockView(ctx, id)
  if (!view) throw viewNotFound(id)
  const records = requireSeen(actor, view.object)
  requireChangeable(actor, view)
  const change = changeOf(view, given)
  if (version !== undefined && version !== view.version)
    throw staleView(presentView(actor, records, view), Object.keys(change))
  if (Object.keys(change).length === 0) return presentView(actor, records, view)
  const after = { ...view, ...change }
  requireReach(actor, after)
  await checkView(ctx, records, change, after)
  const { is_default_for, ...values } = change
  await updateViewRow(ctx, id, values)
  if (is_default_for) await setDefaults(ctx, view, is_default_for)
  const updated = await requireView(ctx, id)
  tell(ctx, 'updated', view, updated)
  return presentView(actor, records, updated)
}

/** What really changes. A view that becomes private is nobody's default any more, and one that leaves a team is not the team's. */
function changeOf(view: ViewRow, given: ViewChange): Partial<ViewRow> {
  const { visibility = view.visibility } = given
  const follows: ViewChange = {
    ...(visibility !== 'team' && given.team_id === undefined ? { team_id: null } : {}),
    ...(visibility === 'private' && given.is_default_for === undefined ? { is_default_for: [] } : {}),
  }
  const wanted = Object.entries({ ...given, ...follows }).filter(
    ([name, value]) => value !== undefined && !isDeepStrictEqual(value, view[name as keyof ViewRow]),
  )
  return Object.fromEntries(wanted)
}

export async function deleteView(ctx: Ctx, id: string): Promise<void> {
  const view = await lockView(ctx, id)
  if (!view) throw viewNotFound(id)
  requireChangeable(ctx.actor, view)
  await deleteViewRow(ctx, id)
  tell(ctx, 'deleted', view, null)
}

/** As the caller gets it. */
export async function readView(ctx: Ctx, id: string): Promise<View> {
  const view = await requireView(ctx, id)
  return presentView(ctx.actor, requireSeen(ctx.actor, view.object), view)
}

async function requireView(ctx: Ctx, id: string): Promise<ViewRow> {
  const view = await findView(ctx, id)
  if (!view) throw viewNotFound(id)
  return view
}

/** Colleagues hear of a view as long as somebody but its owner sees it; the log tells of every one. */
function tell(
  { emit, audit }: Ctx,
  verb: 'created' | 'updated' | 'deleted',
  before: ViewRow | null,
  after: ViewRow | null,
): void {
  const view = after ?? before
  if (!view) return
  const { id, object, name, version } = view
  const changes = auditedChanges(before, after)
  const type = `view.${verb}` as const
  if ([before, after].every((row) => row === null || row.visibility === 'private'))
    audit({ action: type, object: 'view', record_id: id, record_name: name, ...changes })
  else emit({ type, record: { object: 'view', id, version, name }, data: { object }, changes })
}

function auditedChanges(before: ViewRow | null, after: ViewRow | null) {
  const [was, is] = [before && auditedOf(before), after && auditedOf(after)]
  if (!was) return is ? { after: is } : {}
  if (!is) return { before: was }
  const changed = Object.keys(was).filter(
    (name) =>
      !isDeepStrictEqual((before as Record<string, unknown>)[name], (after as Record<string, unknown>)[name]),
  )
  const pick = (values: Record<string, unknown>) =>
    Object.fromEntries(changed.map((name) => [name, values[name]]))
  return { before: pick(was), after: pick(is) }
}

/** The log keeps by which fields a view filters, not by what: a value there may be somebody's address. */
function auditedOf(view: ViewRow): Record<string, unknown> {
  const { id: _, version: __, created_at: ___, updated_at: ____, owner_id: _____, ...told } = view
  return { ...told, columns: view.columns.map(({ field }) => field), filter: filteredFields(view.filter) }
}

function filteredFields(filter: ViewRow['filter']): string[] | null {
  if (filter === null) return null
  const fields = new Set<string>()
  keepConditions(filter as Filter, (condition) => {
    fields.add(condition.field)
    return condition
  })
  return [...fields]
}
