/**
 * Tells which key a request came with and what it may do. Keys are remembered for a few seconds, so a warm
 * request asks the database nothing; this process forgets at once what it changes itself.
 */
import type { Permission } from '@rapport/contracts'
import type { Logger } from 'pino'
import type { Actor, Origin } from '../../platform/actor.ts'
import { createCache } from '../../platform/cache.ts'
import type { KeyIdentity } from '../../platform/http/route.ts'
import type { Limits } from '../../platform/limits/index.ts'
import type { Tenancy } from '../../platform/tenancy.ts'
import { hashKey, isKeyText, isSameHash, prefixOf } from './key-text.ts'
import { keyExpired, keyRevoked, unknownKey } from './problems.ts'
import { findKeyByPrefix, type KeyRecord } from './repository.ts'
import { intersectGrants } from './scopes.ts'
import { createUnusualUse } from './unusual.ts'
import { createUsageWatch } from './usage.ts'

const freshness_ms = 5_000
const remembered = 20_000

export type Keyring = ReturnType<typeof createKeyring>

type Parts = {
  tenancy: Pick<Tenancy, 'inSystem' | 'auditAlone'>
  limits: Pick<Limits, 'limiter'>
  log: Logger
  now?: () => number
}

export function createKeyring({ tenancy, limits, log, now = Date.now }: Parts) {
  const keys = createCache<KeyRecord | null>(remembered, freshness_ms, now)
  // Both come from memory, so the same two objects come again until either is read anew.
  const actors = new WeakMap<KeyRecord, { maker: Actor; actor: Actor }>()
  const tell = createUnusualUse({ tenancy, limits, log })
  const watchUse = createUsageWatch({ tenancy, log, now, tell })

  const find = (prefix: string) =>
    keys.get(prefix, () => tenancy.inSystem((tx) => findKeyByPrefix(tx, prefix)))
  const isOver = (time: string | null) => time !== null && Date.parse(time) <= now()

  /** Both hashes are always compared, so the time taken tells nothing. */
  function matchOf(key: KeyRecord, hash: Buffer): 'current' | 'previous' | null {
    const isCurrent = isSameHash(key.secret_hash, hash)
    const isPrevious = key.previous_hash !== null && isSameHash(key.previous_hash, hash)
    return isCurrent ? 'current' : isPrevious ? 'previous' : null
  }

  return {
    isKeyText,

    /** Throws a 401 for a key that is unknown, wrong, expired or revoked. */
    async identify(text: string, origin: Origin): Promise<KeyIdentity> {
      const prefix = prefixOf(text)
      const key = prefix === null ? null : await find(prefix)
      const match = key && matchOf(key, hashKey(text))
      if (!key || !match) throw unknownKey()
      const ended = (how: string) => tell('api_key.used_after_end', key, origin, { ended: how })
      if (key.revoked_at !== null) {
        ended('revoked')
        throw keyRevoked()
      }
      if (isOver(key.expires_at)) {
        ended('expired')
        throw keyExpired()
      }
      if (match === 'previous' && isOver(key.previous_until)) {
        ended('rotated')
        throw unknownKey()
      }
      watchUse(key, origin)
      return {
        kind: 'api_key',
        api_key_id: key.id,
        prefix: key.prefix,
        user_id: key.user_id,
        name: key.name,
        token_organization_id: key.organization_id,
      }
    },

    /** The maker cut down to the key; null when the key has ended meanwhile. */
    async actorOf(identity: KeyIdentity, maker: Actor): Promise<Actor | null> {
      const key = await find(identity.prefix)
      if (!key || key.revoked_at !== null || isOver(key.expires_at)) return null
      const known = actors.get(key)
      if (known?.maker === maker) return known.actor
      const grants = intersectGrants(key.scopes, maker.grants)
      const actor: Actor = { ...maker, kind: 'api_key', api_key_id: key.id, name: key.name, grants }
      actors.set(key, { maker, actor })
      return actor
    },

    /** A key asked for more than it was given. */
    noteRefusal(actor: Actor, wanted: readonly Permission[]): void {
      const { api_key_id: id, user_id, organization_id, name, origin } = actor
      if (id === null || user_id === null || origin === null) return
      tell('api_key.scope_denied', { id, user_id, organization_id, name }, origin, {
        permission: wanted.join(' or '),
      })
    },

    forget: (prefix: string) => keys.forget(prefix),
  }
}
