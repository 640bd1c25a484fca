/** The tags among what a caller gives: words that come to tags, which are kept beside the record's own row. */
import type { RecordTag, TagChange } from '@rapport/contracts'
import type { Ctx } from '../../platform/tenancy.ts'
import { changeTags, settleWords, type Settle } from '../tags/index.ts'
import type { BaseRow, Given } from './definition.ts'

export type { Settle }

export const tagsOf = (row: object): readonly RecordTag[] =>
  (row as { tags?: readonly RecordTag[] }).tags ?? []

const changeOf = (given: Given) => given['tags'] as TagChange | undefined

/** What all the words for tags come to that are given for any number of records. */
export const wordsOf = (ctx: Ctx, given: readonly Given[]): Promise<Settle> =>
  settleWords(
    ctx,
    given.map(changeOf).filter((change) => change !== undefined),
  )

/** What is given, with the tags themselves in place of ids, names, and what is to be added or taken off. */
export function settleGiven(settle: Settle, given: Given, now: readonly RecordTag[]): Given {
  const change = changeOf(given)
  return change === undefined ? given : { ...given, tags: settle(change, now) }
}

/** What may clash with another's change: tags that are added or taken off do not, whatever others did with tags. */
export const withoutMerging = (given: Given, settled: Given): Given =>
  Array.isArray(changeOf(given)) ? settled : { ...settled, tags: undefined }

type Planned = { row: BaseRow; after: object; changes: object }

/** Before the rows are written, which answer with their tags. */
export async function changeKeptTags(ctx: Ctx, object: string, planned: readonly Planned[]): Promise<void> {
  const changed = planned.filter(({ changes }) => 'tags' in changes)
  if (changed.length === 0) return
  const rows = changed.map(({ row, after }) => ({ id: row.id, before: tagsOf(row), after: tagsOf(after) }))
  await changeTags(ctx, object, rows)
}
