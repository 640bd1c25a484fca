/**
 * Members whose permissions let them hear the same events. A feed decides once per audience and not once per
 * socket, so a thousand colleagues of one role cost as much as one.
 */
import { createHash } from 'node:crypto'
import { channelReader, ownRecordReader, recordReaders } from '@rapport/contracts'
import { mayTouch, ownersInReach, type Actor } from '../actor.ts'

export type Audience = { key: string; actor: Actor }

const deciding = [...new Set([...recordReaders.values(), ownRecordReader, channelReader])]
  .filter((reader) => reader !== 'member' && reader !== 'owner' && reader !== 'channel')
  .toSorted()

/** Everything that decides which events an actor hears, and how much of them, goes into the key. */
export function audienceOf(actor: Actor): Audience {
  const reach = deciding.map((permission) => {
    const owners = ownersInReach(actor, permission)
    return owners === 'all' ? owners : owners.toSorted().join()
  })
  const decided = JSON.stringify([reach, actor.field_rules, [...actor.own_objects].toSorted()])
  const hash = createHash('sha256').update(decided)
  return { key: `${actor.organization_id}:${hash.digest('base64url')}`, actor }
}

/** Whether this actor may know what happens to a record of that object and owner. */
export function mayHear(actor: Actor, object: string, owner_id: string | null): boolean {
  const reader = recordReaders.get(object)
  if (reader === undefined) return actor.own_objects.has(object) && mayTouch(actor, ownRecordReader, owner_id)
  if (reader === 'channel') return false // the rooms of channels are asked: channels.ts
  if (reader === 'owner') return owner_id !== null && actor.user_id === owner_id
  return reader === 'member' || mayTouch(actor, reader, owner_id)
}

/** Whether those hear of it who are in the channel. */
export const isInChannel = (object: string): boolean => recordReaders.get(object) === 'channel'

/** Whether only the record's owner hears of it: the one case in which an audience is too many. */
export const isOwnersAlone = (object: string): boolean => recordReaders.get(object) === 'owner'
