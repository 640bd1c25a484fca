/** Records whose history is told by another one, too: a contact tells that of the lead it came from. */
import type { RawBuilder } from 'kysely'
import type { Actor } from '../../platform/actor.ts'

export type Joined = {
  object: string
  /** Selects the ids of the records whose history the record `id` tells; only of those that the actor may read. */
  records: (actor: Actor, id: string) => RawBuilder<unknown>
}

const joined = new Map<string, Joined>()

/** Once for each object that tells the history of another one. */
export const tellAlso = (object: string, other: Joined): void => void joined.set(object, other)

export const joinedTo = (object: string): Joined | undefined => joined.get(object)
