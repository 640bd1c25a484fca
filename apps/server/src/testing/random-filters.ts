/** Random filters for the tests that hold lists in SQL against a plain evaluation. */
import type { Filter, FilterCondition } from '@rapport/contracts'
import fc from 'fast-check'

type Condition = fc.Arbitrary<FilterCondition>

const emptiness = (field: string): Condition =>
  fc.record({ field: fc.constant(field), op: fc.constantFrom('is_empty', 'is_not_empty') })

/** A condition on a text field, with one of these texts. */
export const textCondition = (field: string, text: fc.Arbitrary<string>): Condition =>
  fc.oneof(
    fc.record({
      field: fc.constant(field),
      op: fc.constantFrom('eq', 'ne', 'contains', 'starts_with'),
      value: text,
    }),
    fc.record({
      field: fc.constant(field),
      op: fc.constantFrom('in', 'not_in'),
      value: fc.array(text, { minLength: 1, maxLength: 4 }),
    }),
    emptiness(field),
  )
/** A condition on a field that has an order: a number, or a day. */
export const orderedCondition = (field: string, value: fc.Arbitrary<number | string>): Condition =>
  fc.oneof(
    fc.record({
      field: fc.constant(field),
      op: fc.constantFrom('eq', 'ne', 'lt', 'lte', 'gt', 'gte'),
      value,
    }),
    fc.record({
      field: fc.constant(field),
      op: fc.constantFrom('in', 'not_in'),
      value: fc.array(value, { minLength: 1, maxLength: 3 }),
    }),
    fc.record({ field: fc.constant(field), op: fc.constant('between'), value: fc.tuple(value, value) }),
    emptiness(field),
  )
/** A condition on a field with options: a text, or yes and no. */
export const choiceCondition = (field: string, value: fc.Arbitrary<string | boolean>): Condition =>
  fc.oneof(
    fc.record({ field: fc.constant(field), op: fc.constantFrom('eq', 'ne'), value }),
    fc.record({
      field: fc.constant(field),
      op: fc.constantFrom('in', 'not_in'),
      value: fc.array(value, { minLength: 1, maxLength: 3 }),
    }),
    emptiness(field),
  )
/** A condition on a field with any number of values. */
export const manyCondition = (field: string, value: fc.Arbitrary<string>): Condition =>
  fc.oneof(
    fc.record({
      field: fc.constant(field),
      op: fc.constantFrom('has_any', 'has_all'),
      value: fc.array(value, { minLength: 1, maxLength: 3 }),
    }),
    emptiness(field),
  )
/** Trees of any shape with these conditions as leaves. */
export function treeOf(condition: fc.Arbitrary<FilterCondition>): fc.Arbitrary<Filter> {
  return fc.letrec<{ tree: Filter }>((tie) => ({
    tree: fc.oneof(
      { maxDepth: 4, depthSize: 'small' },
      condition,
      fc.record({ and: fc.array(tie('tree'), { maxLength: 3 }) }),
      fc.record({ or: fc.array(tie('tree'), { maxLength: 3 }) }),
      fc.record({ not: tie('tree') }),
    ),
  })).tree
}
/** One to three of these fields, each up or down. */
export const sortsOf = (fields: readonly string[]): fc.Arbitrary<string[]> =>
  fc
    .uniqueArray(fc.constantFrom(...fields), { minLength: 1, maxLength: 3 })
    .chain((names) => fc.tuple(...names.map((name) => fc.constantFrom(name, `-${name}`))))
