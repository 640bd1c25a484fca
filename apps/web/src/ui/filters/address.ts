/** Filters in the address of a page, and as the API takes them: a list of conditions and groups, all of which must be met. */
import type { Filter } from '@rapport/contracts'
import { groupOf, isComplete, isCondition, isGroup, joinOf, membersOf, type FilterNode } from './types.ts'

/** A hand-edited or old address may hold anything; what is no filter is left out. */
export function readFilters(text: string): FilterNode[] {
  if (text === '') return []
  try {
    return readNodes(JSON.parse(text))
  } catch {
    return []
  }
}

const readNodes = (value: unknown): FilterNode[] =>
  Array.isArray(value) ? value.flatMap((node) => readNode(node) ?? []) : []

function readNode(value: unknown): FilterNode | null {
  if (typeof value !== 'object' || value === null) return null
  if ('and' in value) return { and: readNodes(value.and) }
  if ('or' in value) return { or: readNodes(value.or) }
  if ('not' in value) return { not: value.not }
  return 'field' in value && 'op' in value && typeof value.field === 'string' ? (value as FilterNode) : null
}

/** The filter of a saved view, as a list. */
export function fromFilter(filter: Record<string, unknown> | null): FilterNode[] {
  const node = filter && readNode(filter)
  if (!node) return []
  return 'and' in node ? node.and : [node]
}

export function toFilter(filters: readonly FilterNode[]): Filter | undefined {
  const and = filters.flatMap((node) => wholeOf(node) ?? [])
  return and.length === 0 ? undefined : { and }
}

/** Without what is still being entered. */
function wholeOf(node: FilterNode): Filter | null {
  if (isGroup(node)) {
    const members = membersOf(node).flatMap((member) => wholeOf(member) ?? [])
    return members.length === 0 ? null : (groupOf(joinOf(node), members as FilterNode[]) as Filter)
  }
  if (!isCondition(node)) return node as Filter
  if (!isComplete(node)) return null
  const { field, op, value } = node
  return value === undefined ? { field, op } : { field, op, value }
}

/** The filters without the conditions on fields that the reader does not see. */
export function seenFilters(filters: readonly FilterNode[], sees: (field: string) => boolean): FilterNode[] {
  return filters.flatMap((node): FilterNode[] => {
    if (!isGroup(node)) return 'field' in node && !sees(node.field) ? [] : [node]
    const members = seenFilters(membersOf(node), sees)
    return members.length === 0 && membersOf(node).length > 0 ? [] : [groupOf(joinOf(node), members)]
  })
}
