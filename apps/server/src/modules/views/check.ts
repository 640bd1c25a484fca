/** What a view may hold when it is saved: the parts that are given are read as the lists will read them. */
import type { ViewChange } from '@rapport/contracts'
import { parseFilter, parseSort, type RecordDescription } from '../../platform/lists/index.ts'
import type { Ctx } from '../../platform/tenancy.ts'
import { hasPipeline } from '../pipelines/index.ts'
import { hasField, isDateField, isGroupField } from './fields.ts'
import {
  notShared,
  pipelineMissing,
  repeatedField,
  roleMissing,
  teamMissing,
  unknownField,
} from './problems.ts'
import { findRoleKeys, isTeam, type ViewRow } from './repository.ts'

/** @param after the view as it will be. */
export async function checkView(
  ctx: Ctx,
  records: RecordDescription,
  given: ViewChange,
  after: Pick<ViewRow, 'layout' | 'pipeline_id' | 'visibility' | 'team_id' | 'is_default_for'>,
): Promise<void> {
  checkFields(records, given)
  if (given.filter) parseFilter(records, ctx.actor, JSON.stringify(given.filter))
  if (given.sort) parseSort(records, given.sort)
  await checkPipeline(ctx, records, given, after)
  await checkTeam(ctx, given, after)
  await checkDefaults(ctx, given, after)
}

function checkFields(records: RecordDescription, { columns = [], group_by, date_field }: ViewChange): void {
  const named = new Set<string>()
  for (const [place, { field }] of columns.entries()) {
    const path = `columns.${place}.field`
    if (!hasField(records, field)) throw unknownField(path, field)
    if (named.has(field)) throw repeatedField(path)
    named.add(field)
  }
  if (group_by && !isGroupField(records, group_by)) throw unknownField('group_by', group_by)
  if (date_field && !isDateField(records, date_field)) throw unknownField('date_field', date_field)
}

async function checkPipeline(
  { tx, actor }: Ctx,
  { object }: RecordDescription,
  given: ViewChange,
  { layout, pipeline_id }: Pick<ViewRow, 'layout' | 'pipeline_id'>,
): Promise<void> {
  if (given.layout === undefined && given.pipeline_id === undefined) return
  const is_needed = layout === 'board' && pipeline_id === null
  const is_wrong =
    pipeline_id !== null && !(await hasPipeline(tx, actor.organization_id, object, pipeline_id))
  if (is_needed || is_wrong) throw pipelineMissing()
}

async function checkTeam(
  ctx: Ctx,
  given: ViewChange,
  { visibility, team_id }: Pick<ViewRow, 'visibility' | 'team_id'>,
): Promise<void> {
  if (given.visibility === undefined && given.team_id === undefined) return
  if ((visibility === 'team') !== (team_id !== null)) throw teamMissing()
  if (team_id !== null && !(await isTeam(ctx, team_id))) throw teamMissing()
}

async function checkDefaults(
  ctx: Ctx,
  { is_default_for: wanted }: ViewChange,
  { visibility }: Pick<ViewRow, 'visibility'>,
): Promise<void> {
  if (!wanted || wanted.length === 0) return
  if (visibility === 'private') throw notShared()
  const known = await findRoleKeys(ctx, wanted)
  const missing = wanted.findIndex((role) => !known.has(role))
  if (missing >= 0) throw roleMissing(missing)
}
