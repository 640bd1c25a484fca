import { maxRecordTags, maxTags } from '@rapport/contracts'
import { conflict, invalid, invalidField, notFound } from '../../platform/problems.ts'

export const tagNotFound = (id: string) => notFound('tag', id)

export const nameTaken = () => invalidField('name', 'taken', 'is the name of another tag')

export const tooManyTags = () => conflict('too_many_tags', `An organization can have ${maxTags} tags.`)

export const tooManyOnRecord = () =>
  invalidField('tags', 'too_many', `must not be more than ${maxRecordTags} on one record`)

/** Ids of no tag, or new names of a caller who may not make tags. */
export const unknownTags = (texts: readonly string[]) =>
  invalid(
    texts.map((text) => ({
      path: 'tags',
      code: 'unknown_tag',
      message: `"${text}" is not a tag, and your role makes no new ones`,
    })),
  )

export const winnerNotAmong = (id: string) =>
  invalidField('winner_id', 'unknown_tag', `must be a tag of this organization; ${id} is none`)

export const staleTag = (current: unknown, conflicts: string[]) =>
  conflict('version_conflict', 'The tag was changed by somebody else since you read it.', {
    current,
    conflicts,
  })
