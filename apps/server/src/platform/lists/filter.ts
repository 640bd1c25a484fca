/**
 * The filter of a list, read from JSON into a small algebra of tests that SQL can be made from. Every
 * unknown field, operator or value is a 422 that names its place: `filter.and.0.field`.
 */
import {
  customPrefix,
  filterOperators,
  maxFilterConditions,
  maxFilterDepth,
  operatorsByType,
  type FilterOperator,
} from '@rapport/contracts'
import type { RawBuilder, SqlBool } from 'kysely'
import type { Actor } from '../actor.ts'
import { invalidField } from '../problems.ts'
import { fieldOf, seenBy, type RecordDescription, type StoredField } from './description.ts'
import { customTest, fieldTest, type Test } from './filter-condition.ts'
import type { Stored } from './filter-value.ts'
import { findRelation, reachableClause, reachesAny, relatedId } from './relations.ts'

/** A field of the record, a value that has no field, or a field one hop away. */
export type Target =
  | { column: StoredField; holds?: Holds }
  | { custom_key: string }
  | { column: StoredField; holds?: Holds; through: Hop }
/** Whether the record of the alias has one of the values, or any with null. */
export type Holds = (alias: string, values: readonly Stored[] | null) => RawBuilder<SqlBool>
/** @param reachable FROM and WHERE of the records, `t`, that the id `by` may lead to. */
export type Hop = { by: RawBuilder<unknown>; reachable: RawBuilder<unknown> }
export type FilterTree =
  { and: FilterTree[] } | { or: FilterTree[] } | { not: FilterTree } | { target: Target; test: Test }

type Reading = { records: RecordDescription; actor: Actor; now: Date; conditions: number }

const customOperators: readonly FilterOperator[] = operatorsByType.text
const customKey = /^[a-z][a-z0-9_]{0,62}$/

export function parseFilter(described: RecordDescription, actor: Actor, text: string): FilterTree {
  const records = seenBy(described, actor)
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch {
    throw invalidField('filter', 'malformed_json', 'is not valid JSON')
  }
  return readNode({ records, actor, now: new Date(), conditions: 0 }, json, 'filter', 1)
}

function readNode(reading: Reading, node: unknown, path: string, depth: number): FilterTree {
  if (depth > maxFilterDepth)
    throw invalidField(path, 'too_deep', `must not be nested deeper than ${maxFilterDepth} levels`)
  if (!isObject(node))
    throw invalidField(path, 'invalid_type', 'must be a condition or a group of conditions')
  if ('and' in node) return { and: readGroup(reading, node, 'and', path, depth) }
  if ('or' in node) return { or: readGroup(reading, node, 'or', path, depth) }
  if ('not' in node) {
    refuseOtherKeys(node, ['not'], path)
    return { not: readNode(reading, node['not'], `${path}.not`, depth + 1) }
  }
  return readCondition(reading, node, path)
}

/** An empty group restricts nothing. */
function readGroup(
  reading: Reading,
  node: Record<string, unknown>,
  key: string,
  path: string,
  depth: number,
): FilterTree[] {
  refuseOtherKeys(node, [key], path)
  const members = node[key]
  if (!Array.isArray(members)) throw invalidField(`${path}.${key}`, 'invalid_type', 'must be a list')
  return members.map((member: unknown, index) =>
    readNode(reading, member, `${path}.${key}.${index}`, depth + 1),
  )
}

function readCondition(reading: Reading, node: Record<string, unknown>, path: string): FilterTree {
  refuseOtherKeys(node, ['field', 'op', 'value'], path)
  reading.conditions += 1
  if (reading.conditions > maxFilterConditions)
    throw invalidField('filter', 'too_many', `must not have more than ${maxFilterConditions} conditions`)
  const target = readTarget(reading, node['field'], `${path}.field`)
  const allowed = 'column' in target ? operatorsByType[target.column.type] : customOperators
  const op = readOperator(node['op'], allowed, `${path}.op`)
  const given = { value: node['value'], op, path: `${path}.value`, actor: reading.actor, now: reading.now }
  return { target, test: 'column' in target ? fieldTest(target.column, given) : customTest(given) }
}

function readTarget({ records, actor }: Reading, name: unknown, path: string): Target {
  if (typeof name !== 'string') throw invalidField(path, 'invalid_type', 'must be the name of a field')
  const target = name.startsWith(customPrefix)
    ? (customTarget(records, name) ?? hopTarget(records, actor, name))
    : name.includes('.')
      ? hopTarget(records, actor, name)
      : ownTarget(records, actor, name)
  if (!target)
    throw invalidField(
      path,
      'unknown_field',
      `"${name.slice(0, 100)}" is not a field that can be filtered by`,
    )
  return target
}

function ownTarget(records: RecordDescription, actor: Actor, name: string): Target | null {
  const column = fieldOf(records, name)
  if (!column?.filterable) return null
  const { rows } = column
  return rows ? { column, holds: (alias, values) => rows.holds(actor, alias, values) } : { column }
}

function customTarget(records: RecordDescription, name: string): Target | null {
  const column = fieldOf(records, name)
  if (column) return { column }
  const custom_key = name.slice(customPrefix.length)
  const isTold = records.has_custom && !records.untold.includes(custom_key)
  return isTold && customKey.test(custom_key) ? { custom_key } : null
}

/** `company.name` is the name of the company that `company_id` leads to. */
function hopTarget(records: RecordDescription, actor: Actor, name: string): Target | null {
  const parts = name.split('.')
  const through = parts.splice(0, name.startsWith(customPrefix) ? 2 : 1).join('.')
  const relation = findRelation(records, actor, through)
  if (!relation || !relation.field.filterable || !reachesAny(relation, actor)) return null
  const own = ownTarget(seenBy(relation.target, actor), actor, parts.join('.'))
  if (!own || !('column' in own)) return null
  return { ...own, through: { by: relatedId(relation), reachable: reachableClause(relation, actor) } }
}

function readOperator(op: unknown, allowed: readonly FilterOperator[], path: string): FilterOperator {
  const known = filterOperators.find((operator) => operator === op)
  if (known && allowed.includes(known)) return known
  throw invalidField(path, 'unknown_operator', `must be one of ${allowed.join(', ')}`)
}

function refuseOtherKeys(node: Record<string, unknown>, allowed: string[], path: string): void {
  const other = Object.keys(node).find((key) => !allowed.includes(key))
  if (other !== undefined)
    throw invalidField(
      `${path}.${other}`,
      'unknown_field',
      `is not part of a filter; use ${allowed.join(', ')}`,
    )
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
