/**
 * Members whose permissions let them hear the same events. A feed decides once per audience and not once per
 * socket, so a thousand colleagues of one role cost as much as one.
 */
import { recordReaders } from '@rapport/contracts'
import { mayTouch, type Actor } from '../actor.ts'

export type Audience = { key: string; actor: Actor }

const deciding = [...new Set(recordReaders.values())].filter((reader) => reader !== 'member').toSorted()

export function audienceOf(actor: Actor): Audience {
  const scopes = deciding.map((permission) => actor.grants[permission] ?? 'none')
  // Whoever hears only of their own or their teams' records is an audience of one.
  const whose = scopes.some((scope) => scope === 'own' || scope === 'team') ? [actor.user_id ?? ''] : []
  return { key: [actor.organization_id, ...scopes, ...whose].join(':'), actor }
}

/** Whether this actor may know what happens to a record of that object and owner. */
export function mayHear(actor: Actor, object: string, owner_id: string | null): boolean {
  const reader = recordReaders.get(object)
  if (reader === undefined) return false
  return reader === 'member' || mayTouch(actor, reader, owner_id)
}
