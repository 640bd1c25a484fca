/** Making and changing the fields of an organization. Whatever would lose a value is refused, and says what is in the way. */
import {
  maxCustomFields,
  type CustomField,
  type CustomFieldChange,
  type NewCustomField,
} from '@rapport/contracts'
import { newId } from '../../platform/ids.ts'
import { changedFields } from '../../platform/audit/index.ts'
import type { Ctx } from '../../platform/tenancy.ts'
import { convertValue } from './convert.ts'
import { recalculate, requireReaders, resultOf } from './formulas.ts'
import { mayTell, requireObject } from './objects.ts'
import {
  fieldHasValues,
  fieldNotFound,
  keyTaken,
  optionsInUse,
  staleField,
  tooManyFields,
  valuesDoNotFit,
} from './problems.ts'
import {
  deleteField,
  findField,
  insertField,
  listFields,
  lockFields,
  orderFields,
  updateField,
  type FieldValues,
} from './repository.ts'
import { countHolders, rewriteValues, setUnique } from './rewrite.ts'
import { asOwn, readDefault, readOptions, requireTraits } from './traits.ts'

type Known = FieldValues & { id: string }

/** Those that the caller's role may see. */
export async function listSeenFields(ctx: Ctx, object: string | undefined): Promise<CustomField[]> {
  const fields = await listFields(ctx, object)
  return fields.filter((field) => mayTell(ctx.actor, field))
}

export async function getSeenField(ctx: Ctx, id: string): Promise<CustomField> {
  const field = await findField(ctx, id)
  if (!field || !mayTell(ctx.actor, field)) throw fieldNotFound(id)
  return field
}

export async function createField(ctx: Ctx, input: NewCustomField): Promise<CustomField> {
  const { object, key, label, type, help = null, to = null, formula = null } = input
  requireObject(ctx.actor, object)
  const fields = await lockFields(ctx, object)
  if (fields.some((field) => field.key === key)) throw keyTaken()
  if (fields.length >= maxCustomFields) throw tooManyFields(maxCustomFields)
  const field: Known = {
    id: newId(),
    object,
    key,
    label,
    type,
    help,
    to,
    formula,
    formula_type: null,
    options: readOptions(input.options ?? []),
    required: input.required ?? false,
    unique: input.unique ?? false,
    default_value: input.default_value ?? null,
    position: fields.length,
    retired_at: null,
  }
  const made = settleTraits(ctx, field, fields)
  await insertField(ctx, field.id, made)
  await fillValues(ctx, made, fields)
  const { id } = field
  ctx.emit({
    type: 'custom_field.created',
    record: { object: 'custom_field', id, version: 1, name: label },
    data: { object, key },
    changes: { after: auditedOf(made) },
  })
  return requireField(ctx, id)
}

/** The traits as they are kept, or a 422 that names those which do not go together. */
function settleTraits(ctx: Ctx, field: Known, all: readonly CustomField[], before?: CustomField): Known {
  requireTraits(field, ctx.actor, before)
  const formula_type = resultOf(asOwn(field), field.object, all.map(asOwn))
  return { ...field, formula_type, default_value: readDefault(field, ctx.actor.country) }
}

/** Values that are there already come into the form of the field. */
async function fillValues(ctx: Ctx, field: Known, others: readonly CustomField[]): Promise<void> {
  const own = asOwn(field)
  if (own.type === 'formula') return recalculate(ctx, field.object, [...others.map(asOwn), own], own)
  const { unfit, examples } = await rewriteValues(
    ctx,
    field.object,
    { ...own, unique: false },
    {
      convert: (value, row) => convertValue(own, value, countriesOf(ctx, row)),
    },
  )
  if (unfit > 0) throw valuesDoNotFit(own, unfit, examples)
  if (own.unique) await setUnique(ctx, own, true)
}

const countriesOf = ({ actor }: Ctx, row: Record<string, unknown>) => [
  typeof row['country'] === 'string' ? row['country'] : null,
  actor.country,
]

export async function changeField(ctx: Ctx, id: string, change: CustomFieldChange): Promise<CustomField> {
  const found = await getSeenField(ctx, id)
  const fields = await lockFields(ctx, found.object)
  const before = fields.find((field) => field.id === id)
  if (!before) throw fieldNotFound(id)
  const after = settleTraits(ctx, changedField(before, change), fields, before)
  const changes = changedFields(auditedOf(before), auditedOf(after))
  if (change.version !== before.version) throw staleField(before, Object.keys(changes?.after ?? {}))
  const place = change.position
  if (!changes && (place === undefined || place === before.position)) return before
  const [were, are] = [fields.map(asOwn), fields.map((field) => asOwn(field.id === id ? after : field))]
  requireReaders(found.object, were, are)
  await updateField(ctx, id, after)
  await convertChanged(ctx, before, after, change.replace_options ?? {})
  if (changesValues(before, after)) await recalculate(ctx, found.object, are, asOwn(after))
  if (place !== undefined) {
    const others = fields.filter((field) => field.id !== id).map((field) => field.id)
    await orderFields(ctx, others.toSpliced(Math.min(place, others.length), 0, id))
  }
  const { object, key, label: name } = after
  ctx.emit({
    type: 'custom_field.updated',
    record: { object: 'custom_field', id, version: before.version + 1, name },
    data: { object, key, changed: Object.keys(changes?.after ?? {}) },
    changes: changes ?? { before: { position: before.position }, after: { position: place } },
  })
  return requireField(ctx, id)
}

/** Whether formulas may find something else in the field, or the field is another formula. */
const changesValues = (before: FieldValues, after: FieldValues): boolean =>
  before.type !== after.type ||
  before.formula !== after.formula ||
  before.retired_at !== after.retired_at ||
  before.options.some(({ value }) => !after.options.some((option) => option.value === value))

/** What does not go with a new type falls away, unless it is given along. */
function changedField(before: CustomField, change: CustomFieldChange): Known {
  const { version: _, replace_options: __, position: ___, retired, options, ...given } = change
  const stated = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined))
  const type = change.type ?? before.type
  const anew = type !== before.type
  const isChoice = type === 'select' || type === 'multi_select'
  return {
    ...before,
    ...(anew ? { default_value: null, ...(isChoice ? {} : { options: [] }) } : {}),
    ...(type === 'relation' ? {} : { to: null }),
    ...(type === 'formula' ? {} : { formula: null, formula_type: null }),
    ...stated,
    ...(options ? { options: readOptions(options) } : {}),
    ...(retired === undefined ? {} : { retired_at: retired ? (before.retired_at ?? now()) : null }),
  }
}

const now = () => new Date().toISOString()

/** Converts the values when the type or the options changed, and marks them when they must be unique now. */
async function convertChanged(
  ctx: Ctx,
  before: CustomField,
  after: Known,
  replaced: Readonly<Record<string, string | null>>,
): Promise<void> {
  const [was, is] = [asOwn(before), asOwn(after)]
  const gone = was.options.filter(({ value }) => !is.options.some((option) => option.value === value))
  if (was.type !== is.type || was.to !== is.to || gone.length > 0) {
    const replace = (value: string) => (Object.hasOwn(replaced, value) ? (replaced[value] ?? null) : value)
    const { unfit, examples } = await rewriteValues(
      ctx,
      after.object,
      { ...is, unique: false },
      {
        convert: (value, row) => convertValue(is, replaceOption(value, replace), countriesOf(ctx, row)),
      },
    )
    if (unfit > 0)
      throw was.type === is.type ? optionsInUse(unfit, examples) : valuesDoNotFit(is, unfit, examples)
    if (is.unique) await setUnique(ctx, is, true)
  } else if (was.unique !== is.unique) await setUnique(ctx, is, is.unique)
}

function replaceOption(value: CustomField['default_value'], replace: (value: string) => string | null) {
  if (typeof value === 'string') return replace(value)
  return Array.isArray(value) ? value.map(replace).filter((one) => one !== null) : value
}

export async function removeField(ctx: Ctx, id: string): Promise<void> {
  const field = await getSeenField(ctx, id)
  const all = (await lockFields(ctx, field.object)).map(asOwn)
  requireReaders(
    field.object,
    all,
    all.filter((one) => one.id !== id),
  )
  const holders = field.type === 'formula' ? 0 : await countHolders(ctx, field.object, field.key)
  if (holders > 0) throw fieldHasValues(holders)
  const own = asOwn(field)
  if (field.type === 'formula') await rewriteValues(ctx, field.object, own, { convert: () => null })
  await deleteField(ctx, id)
  ctx.emit({
    type: 'custom_field.deleted',
    record: { object: 'custom_field', id, version: field.version, name: field.label },
    data: { object: field.object, key: field.key },
    changes: { before: auditedOf(field) },
  })
}

async function requireField(ctx: Ctx, id: string): Promise<CustomField> {
  const field = await findField(ctx, id)
  if (!field) throw fieldNotFound(id)
  return field
}

const auditedOf = ({
  object,
  key,
  label,
  help,
  type,
  options,
  to,
  formula,
  required,
  unique,
  default_value,
  retired_at,
}: FieldValues) => ({
  object,
  key,
  label,
  help,
  type,
  options: options.map(({ value, label: shown }) => (value === shown ? value : `${value}: ${shown}`)),
  to,
  formula,
  required,
  unique,
  default_value,
  retired: retired_at !== null,
})
