/**
 * Unusual use of a key becomes a security event in the audit log: the same one once an hour, and no key more
 * than twenty, so that whoever tries a stolen key cannot flood the log.
 */
import type { AuditAction } from '@rapport/contracts'
import type { Logger } from 'pino'
import type { Origin } from '../../platform/actor.ts'
import { RateLimiterRes, type Limiter, type Limits } from '../../platform/limits/index.ts'
import type { Tenancy } from '../../platform/tenancy.ts'
import type { KeyRecord } from './repository.ts'

const hour_s = 3600
const mostAnHour = 20

type Unusual = Extract<
  AuditAction,
  'api_key.used_from_new_network' | 'api_key.burst' | 'api_key.scope_denied' | 'api_key.used_after_end'
>
type Subject = Pick<KeyRecord, 'id' | 'organization_id' | 'user_id' | 'name'>
type Details = Record<string, string | number>
/** Returns at once; what was seen is written beside the request. */
export type TellUnusual = (action: Unusual, key: Subject, origin: Origin, details: Details) => void

type Parts = {
  tenancy: Pick<Tenancy, 'auditAlone'>
  limits: Pick<Limits, 'limiter'>
  log: Pick<Logger, 'warn'>
}

export function createUnusualUse({ tenancy, limits, log }: Parts): TellUnusual {
  const same = limits.limiter({ name: 'key-event', points: 1, duration_s: hour_s })
  const all = limits.limiter({ name: 'key-events', points: mostAnHour, duration_s: hour_s })

  async function write(...[action, key, origin, details]: Parameters<TellUnusual>): Promise<void> {
    const subject = `${key.id} ${action} ${details['permission'] ?? details['network'] ?? details['ended'] ?? ''}`
    if (!(await isWithin(same, subject)) || !(await isWithin(all, key.id))) return
    const actor = {
      kind: 'api_key',
      user_id: key.user_id,
      api_key_id: key.id,
      name: key.name,
      origin,
    } as const
    await tenancy.auditAlone(key.organization_id, actor, {
      action,
      object: 'api_key',
      record_id: key.id,
      record_name: key.name,
      after: details,
      outcome:
        action === 'api_key.scope_denied' || action === 'api_key.used_after_end' ? 'refused' : 'success',
    })
  }

  return (...unusual) =>
    void write(...unusual).catch((error: unknown) =>
      log.warn({ err: error }, 'unusual use of an API key could not be noted'),
    )
}

async function isWithin(limiter: Limiter, key: string): Promise<boolean> {
  try {
    await limiter.consume(key)
    return true
  } catch (refusal) {
    if (refusal instanceof RateLimiterRes) return false
    throw refusal
  }
}
