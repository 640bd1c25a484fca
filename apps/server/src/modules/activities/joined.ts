/** Records whose history is told by another one, too: a contact tells that of the lead it came from. */
import type { RawBuilder } from 'kysely'
import type { Actor } from '../../platform/actor.ts'

export type Joined = {
  object: string
  /**
   * Selects the ids of the records whose history the record `id` tells; only of those that the actor may read. Null
   * where the actor may not know which they are.
   */
  records: (actor: Actor, id: string) => RawBuilder<unknown> | null
}

const always = new Map<string, Joined[]>()
const whenAsked = new Map<string, Joined[]>()

let ofAll: ((object: string) => Joined) | undefined

const add = (to: Map<string, Joined[]>, object: string, other: Joined): void =>
  void to.set(object, [...(to.get(object) ?? []), other])

/** Once for each object that always tells the history of another one. */
export const tellAlso = (object: string, other: Joined): void => add(always, object, other)

/** The same for records of every object. */
export const tellAlsoOfAll = (of: (object: string) => Joined): void => void (ofAll = of)

/** The same of records that stand by themselves: theirs is told where the reader wants to see all in one. */
export const tellRelated = (object: string, other: Joined): void => add(whenAsked, object, other)

export const joinedTo = (object: string, related: boolean): Joined[] => [
  ...(always.get(object) ?? []),
  ...(ofAll ? [ofAll(object)] : []),
  ...(related ? (whenAsked.get(object) ?? []) : []),
]
