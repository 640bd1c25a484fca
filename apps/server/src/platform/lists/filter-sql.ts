/**
 * SQL of a filter. Columns are compared with leakproof operators, which indexes may serve under row-level
 * security; `contains` and custom values are scans within what the other conditions leave.
 */
import { sql, type RawBuilder, type SqlBool } from 'kysely'
import type { FilterTree, Holds, Target } from './filter.ts'
import type { StoredField } from './description.ts'
import type { Range, Test } from './filter-condition.ts'
import { ownValue } from './own-fields.ts'

type Condition = RawBuilder<SqlBool>

const always: Condition = sql`true`
const never: Condition = sql`false`

/** The record's table goes by the alias `r`. */
export function filterClause(tree: FilterTree): Condition {
  if ('and' in tree) return joinAll(tree.and.map(filterClause), ' AND ')
  if ('or' in tree) return joinAll(tree.or.map(filterClause), ' OR ')
  if ('not' in tree) return sql`(${filterClause(tree.not)}) IS NOT TRUE`
  const { target, test } = tree
  if ('through' in target) return hopClause(target, test)
  if ('column' in target && target.holds) return holdsClause('r', target.holds, test)
  return testClause(valueOf(target), test)
}

function joinAll(conditions: Condition[], by: string): Condition {
  if (conditions.length === 0) return always
  return sql`(${sql.join(conditions, sql.raw(by))})`
}

type Value = { expression: RawBuilder<unknown>; cast: RawBuilder<unknown> }

function valueOf(target: Target): Value {
  if ('custom_key' in target)
    return {
      expression: sql`nullif(r.custom->>${target.custom_key}::text, '') COLLATE "C"`,
      cast: sql.raw('text'),
    }
  return columnValue('r', target.column)
}

const columnValue = (alias: 'r' | 't', field: StoredField): Value => ({
  expression: field.own ? ownValue(field, alias) : sql.ref(`${alias}.${field.column}`),
  cast: sql.raw(field.stored),
})

/** Asked from the other side, so that the indexes of both tables serve it: those that meet the test, then who leads there. */
function hopClause(
  { column, holds, through: { by, reachable } }: Extract<Target, { through: unknown }>,
  test: Test,
) {
  const { asked, negate } = affirmed(test)
  const met = holds ? holdsClause('t', holds, asked) : testClause(columnValue('t', column), asked)
  return negated(sql`${by} IN (SELECT t.id ${reachable} AND ${met})`, negate)
}

/** The test without its "not": what leads nowhere has no value, as an empty field has none. */
function affirmed(test: Test): { asked: Test; negate: boolean } {
  if (test.kind === 'empty') return { asked: { kind: 'empty', negate: true }, negate: !test.negate }
  if (test.kind === 'contains' || test.kind === 'has') return { asked: test, negate: false }
  return { asked: { ...test, negate: false }, negate: test.negate }
}

/** A plain EXISTS, which the planner can begin from either side. */
function holdsClause(alias: string, holds: Holds, test: Test): Condition {
  if (test.kind === 'empty') return test.negate ? holds(alias, null) : sql`NOT ${holds(alias, null)}`
  if (test.kind !== 'has') throw new Error(`Values kept as rows know no test of the kind ${test.kind}.`)
  if (!test.all) return holds(alias, test.values)
  return joinAll(
    test.values.map((value) => holds(alias, [value])),
    ' AND ',
  )
}

export function testClause(value: Value, test: Test): Condition {
  switch (test.kind) {
    case 'empty':
      return test.negate ? sql`${value.expression} IS NOT NULL` : sql`${value.expression} IS NULL`
    case 'contains':
      return sql`strpos(${folded(value.expression)}, ${folded(sql`${test.text}::text`)}) > 0`
    case 'has':
      return membersClause(value, test)
    case 'any':
      return negated(anyOf(value, test.values), test.negate)
    case 'ranges': {
      const ranges = test.ranges.map((range) => inRange(value, range))
      return negated(joinAll(ranges, ' OR '), test.negate)
    }
  }
}

/**
 * Without case and accents. Decomposed first, because a database in C locale knows only the case of plain
 * letters; plain text, which is most of it, takes the short way.
 */
export const folded = (text: RawBuilder<unknown>): RawBuilder<string> =>
  sql<string>`CASE WHEN octet_length(${text}) = char_length(${text}) THEN lower(${text} COLLATE "default")
    ELSE lower(regexp_replace(normalize(${text}, NFD), ${combiningMarks}, '', 'g') COLLATE "default") END`

const combiningMarks = '[\u0300-\u036f]'

/** IS NOT TRUE keeps empty values: they are not the value that is excluded. */
const negated = (condition: Condition, negate: boolean): Condition =>
  negate ? sql`(${condition}) IS NOT TRUE` : condition

function membersClause({ expression }: Value, { values, all }: Test & { kind: 'has' }): Condition {
  return sql`coalesce(${expression} ${sql.raw(all ? '?&' : '?|')} ${values}::text[], false)`
}

function anyOf({ expression, cast }: Value, values: (string | number)[]): Condition {
  if (values.length === 0) return never
  if (values.length === 1) return sql`${expression} = ${values[0]}::${cast}`
  return sql`${expression} = ANY(${values}::${cast}[])`
}

function inRange({ expression, cast }: Value, { from, to }: Range): Condition {
  const bounds: Condition[] = []
  if (from) bounds.push(sql`${expression} ${sql.raw(from.inclusive ? '>=' : '>')} ${from.value}::${cast}`)
  if (to) bounds.push(sql`${expression} ${sql.raw(to.inclusive ? '<=' : '<')} ${to.value}::${cast}`)
  return joinAll(bounds, ' AND ')
}
