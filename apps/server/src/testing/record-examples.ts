/** A valid request for what records of every kind can do. */
import type { Operation, RecordOperations } from '@rapport/contracts'
import type { Example } from './examples.ts'

/** Merging takes two: the other one is not there, which everybody is told who may ask at all. */
const absent = '018f0000-0000-7000-8000-000000000000'

/** @param within what names the records' object in the path, where an organization made it. */
export function recordExamples(
  of: RecordOperations,
  { id, version }: { id: string; version: number },
  named: Record<string, string>,
  within: Record<string, string> = {},
): [Operation, Example][] {
  const all = { params: within }
  const on = { params: { ...within, id } }
  return [
    [of.list, all],
    [of.totals, all],
    [of.groups, { ...all, query: 'group_by=owner_id' }],
    [of.create, { ...all, body: named }],
    [of.get, on],
    [of.update, { ...on, body: { ...named, version } }],
    [of.remove, on],
    [of.restore, on],
    [of.bulk, { ...all, body: { ids: [id], action: 'update', values: named } }],
    ...(of.assign ? [[of.assign, { ...on, body: { owner_id: null } }] satisfies [Operation, Example]] : []),
    [of.duplicates, on],
    [of.likeness, { ...all, body: { values: named } }],
    [of.merge, { ...all, body: { ids: [id, absent], winner_id: id } }],
    [of.timeline, on],
    [of.activities, on],
    [of.logActivity, { ...on, body: { type: 'note', body: 'Called.' } }],
  ]
}
