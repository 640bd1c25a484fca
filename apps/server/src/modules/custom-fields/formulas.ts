/** Formulas as fields: whether they can be calculated, and calculating them anew when what they read has changed. */
import { customPrefix, type CustomField, type FormulaCheck } from '@rapport/contracts'
import { sql } from 'kysely'
import type { OwnField } from '../../platform/custom-fields.ts'
import { FormulaError } from '../../platform/formula/index.ts'
import { belongsClause, recordsOf, visibleClause } from '../../platform/lists/index.ts'
import { invalidField } from '../../platform/problems.ts'
import type { Ctx } from '../../platform/tenancy.ts'
import { calculateOwn, formulasOf, type Custom } from '../records/index.ts'
import { requireObject } from './objects.ts'
import { fieldInUse } from './problems.ts'
import { listFields } from './repository.ts'
import { rewriteValues } from './rewrite.ts'
import { asOwn } from './traits.ts'

type Context = Pick<Ctx, 'tx' | 'actor'>

const nameOf = ({ key }: Pick<OwnField, 'key'>) => customPrefix + key

/** What the formula of a field results in; a 422 that tells the place when it cannot be calculated. */
export function resultOf(
  field: OwnField,
  object: string,
  all: readonly OwnField[],
): CustomField['formula_type'] {
  if (field.type !== 'formula') return null
  const formula = formulasOf(recordsOf(object), [
    ...all.filter(({ id }) => id !== field.id),
    { ...field, retired: false },
  ])
  const own = formula.get(nameOf(field))
  if (own instanceof FormulaError) throw invalidField('formula', 'broken_formula', own.line)
  return own?.type ?? null
}

/** Refuses a change of a field that would break what reads it. */
export function requireReaders(
  object: string,
  before: readonly OwnField[],
  after: readonly OwnField[],
): void {
  const [was, is] = [formulasOf(recordsOf(object), before), formulasOf(recordsOf(object), after)]
  for (const field of after) {
    const breaks = is.get(nameOf(field)) instanceof FormulaError
    const worked = was.has(nameOf(field)) && !(was.get(nameOf(field)) instanceof FormulaError)
    if (breaks && worked) throw fieldInUse(field.label)
  }
}

/** Calculates the field, if it is a formula, and all that builds upon it, on every record. */
export async function recalculate(
  ctx: Context,
  object: string,
  all: readonly OwnField[],
  changed: OwnField,
): Promise<void> {
  const records = recordsOf(object)
  const touched = new Set([nameOf(changed)])
  for (const [name, formula] of formulasOf(records, all)) {
    const reads = formula instanceof FormulaError ? [] : formula.needs
    if (!touched.has(name) && !reads.some((one) => touched.has(one))) continue
    touched.add(name)
    const field = all.find((one) => nameOf(one) === name)
    if (!field) continue
    await rewriteValues(ctx, object, field, {
      every: true,
      convert: (_, row) => calculateOwn(records, all, row as { custom: Custom })[field.key] ?? null,
    })
  }
}

type Asked = { object: string; formula: string; key?: string | undefined }

/** What a formula would give, told without keeping it. @param key of the field that has it, which it cannot read. */
export async function checkFormula(ctx: Ctx, { object, formula, key = '' }: Asked): Promise<FormulaCheck> {
  const records = requireObject(ctx.actor, object)
  const others = (await listFields(ctx, object)).filter((field) => field.key !== key).map(asOwn)
  const asked = { ...blank, key, formula }
  const own = [...others, asked]
  const found = formulasOf(records, own).get(nameOf(asked))
  if (!found) throw new Error('The formula was not compiled.')
  if (found instanceof FormulaError)
    return { fault: found.fault, formula_type: null, needs: [], example: null }
  const row = await readExample(ctx, object)
  const custom = row && calculateOwn(records, own, row)
  return {
    fault: null,
    formula_type: found.type,
    needs: [...found.needs],
    example: row && custom ? { name: String(row[records.title] ?? ''), value: custom[key] ?? null } : null,
  }
}

const blank: OwnField = {
  id: '',
  key: '',
  label: '',
  type: 'formula',
  options: [],
  to: null,
  formula: null,
  formula_type: null,
  required: false,
  unique: false,
  default_value: null,
  retired: false,
}

type Row = Record<string, unknown> & { custom: Custom }

/** The newest record that the caller sees. */
async function readExample({ tx, actor }: Context, object: string): Promise<Row | null> {
  const records = recordsOf(object)
  const { rows } = await sql<{ row: Row }>`
    SELECT to_jsonb(r) AS row FROM ${sql.table(records.table)} r
    WHERE ${belongsClause(records, actor)} AND r.deleted_at IS NULL ${visibleClause(records, actor)}
    ORDER BY r.created_at DESC LIMIT 1`.execute(tx)
  return rows[0]?.row ?? null
}
