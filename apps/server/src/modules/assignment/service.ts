/** Rules as they are made, changed and ordered. */
import type {
  AssignedObject,
  AssignmentRule,
  AssignmentRuleChange,
  AssignmentTarget,
  NewAssignmentRule,
} from '@rapport/contracts'
import { isDeepStrictEqual } from 'node:util'
import { newId } from '../../platform/ids.ts'
import { fieldOf, parseFilter, recordsOf, seenBy } from '../../platform/lists/index.ts'
import { conflict, invalidField, notFound } from '../../platform/problems.ts'
import type { Ctx } from '../../platform/tenancy.ts'
import { findMember } from '../identity/index.ts'
import { seeingAll } from './decide.ts'
import {
  deleteRule,
  findRule,
  insertRule,
  lockRulesOf,
  placeRules,
  targetsOf,
  updateRule,
} from './repository.ts'

export async function createRule(ctx: Ctx, { object, ...given }: NewAssignmentRule): Promise<AssignmentRule> {
  await checkRule(ctx, { object, ...given })
  const rules = await lockRulesOf(ctx, object)
  const id = newId()
  await insertRule(ctx, { id, object, ...given, position: rules.length })
  const made = await requireRule(ctx, id)
  tell(ctx, 'created', made, { after: valuesOf(made) })
  return made
}

export async function changeRule(
  ctx: Ctx,
  id: string,
  { version, position, ...given }: AssignmentRuleChange,
): Promise<AssignmentRule> {
  const { object } = await requireRule(ctx, id)
  const rules = await lockRulesOf(ctx, object)
  const before = rules.find((rule) => rule.id === id)
  if (!before) throw notFound('assignment_rule', id)
  if (version !== undefined && version !== before.version)
    throw conflict('version_conflict', 'The rule was changed since the version that you read.', {
      current: before,
    })
  const wanted = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined))
  const after: AssignmentRule = { ...before, ...wanted }
  await checkRule(ctx, after)
  const renewed = !isDeepStrictEqual(before.target, after.target)
  if (!isDeepStrictEqual(valuesOf(before), valuesOf(after))) await updateRule(ctx, after, renewed)
  if (position !== undefined) {
    const others = rules.filter((rule) => rule.id !== id).map((rule) => rule.id)
    await placeRules(ctx, others.toSpliced(position, 0, id))
  }
  const written = await requireRule(ctx, id)
  if (!isDeepStrictEqual(written, before))
    tell(ctx, 'updated', written, { before: valuesOf(before), after: valuesOf(written) })
  return written
}

export async function removeRule(ctx: Ctx, id: string): Promise<void> {
  const { object } = await requireRule(ctx, id)
  const rules = await lockRulesOf(ctx, object)
  const before = rules.find((rule) => rule.id === id)
  if (!before) throw notFound('assignment_rule', id)
  await deleteRule(ctx, id)
  await placeRules(
    ctx,
    rules.flatMap((rule) => (rule.id === id ? [] : [rule.id])),
  )
  tell(ctx, 'deleted', before, { before: valuesOf(before) })
}

async function requireRule(ctx: Ctx, id: string): Promise<AssignmentRule> {
  const rule = await findRule(ctx, id)
  if (!rule) throw notFound('assignment_rule', id)
  return rule
}

type Checked = { object: AssignedObject; filter: Record<string, unknown> | null; target: AssignmentTarget }

/** Tags stand beside a record, and a record that is being made has none beside it yet. */
export async function checkRule(
  { tx, actor }: Pick<Ctx, 'tx' | 'actor'>,
  { object, filter, target }: Checked,
): Promise<void> {
  const records = seenBy(recordsOf(object), seeingAll(actor))
  if (filter !== null) {
    if (/"field":"tags"/.test(JSON.stringify(filter)))
      throw invalidField(
        'filter',
        'unknown_field',
        'cannot ask for tags, which a new record does not have yet',
      )
    parseFilter(records, seeingAll(actor), JSON.stringify(filter))
  }
  if (target.strategy === 'territory' && !isPlace(fieldOf(records, target.field)?.type))
    throw invalidField('target.field', 'unknown_field', 'must be a field of text or of choices')
  const ids = [...new Set(targetsOf(target).map(({ user_id }) => user_id))]
  for (const id of ids)
    if (!(await findMember(tx, id, actor.organization_id)))
      throw invalidField('target', 'not_a_member', 'must name active members of this organization')
}

const isPlace = (type: string | undefined) => type === 'text' || type === 'select'

const valuesOf = ({ name, enabled, filter, target }: AssignmentRule) => ({ name, enabled, filter, target })

type Changes = NonNullable<Parameters<Ctx['emit']>[0]['changes']>

function tell(
  { emit }: Ctx,
  what: 'created' | 'updated' | 'deleted',
  rule: AssignmentRule,
  changes: Changes,
): void {
  const { id, name, object, version } = rule
  emit({
    type: `assignment_rule.${what}`,
    record: { object: 'assignment_rule', id, version, name },
    data: { object, name },
    changes,
  })
}
