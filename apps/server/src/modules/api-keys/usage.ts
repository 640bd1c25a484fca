/**
 * Watches how keys are used, beside the requests and never in their way: notes the last use once a minute, and
 * tells of a network that is new and of many times the usual number of requests.
 */
import type { Logger } from 'pino'
import type { Origin } from '../../platform/actor.ts'
import { networkOf } from '../../platform/network.ts'
import type { Tenancy } from '../../platform/tenancy.ts'
import { addNetwork, noteUse, type KeyRecord } from './repository.ts'
import type { TellUnusual } from './unusual.ts'

const minute_ms = 60_000
/** Fewer minutes with use are no habit that one could depart from. */
const habit_minutes = 10
const burstFactor = 10
/** Below this, many times as much is still not much. */
const leastBurst = 300
/** More than anyone has; what is forgotten is only noted once more. */
const mostWatched = 20_000

type Watched = { minute: number; requests: number; networks: Set<string> }
type Parts = {
  tenancy: Pick<Tenancy, 'inSystem'>
  log: Pick<Logger, 'warn'>
  now: () => number
  tell: TellUnusual
}

export const burstThreshold = (key: Pick<KeyRecord, 'usual_per_minute' | 'active_minutes'>): number =>
  key.active_minutes < habit_minutes ? Infinity : Math.max(leastBurst, key.usual_per_minute * burstFactor)

export function createUsageWatch({ tenancy, log, now, tell }: Parts) {
  const watched = new Map<string, Watched>()

  const inBackground = (work: Promise<unknown>) =>
    void work.catch((error: unknown) => log.warn({ err: error }, 'the use of an API key could not be noted'))

  async function noteNetwork(key: KeyRecord, network: string, origin: Origin): Promise<void> {
    const known = await tenancy.inSystem((tx) => addNetwork(tx, key.id, network))
    if (known) tell('api_key.used_from_new_network', key, origin, { network })
  }

  function watch(key: KeyRecord, minute: number): Watched {
    const seen = watched.get(key.id)
    if (seen) return seen
    if (watched.size >= mostWatched) watched.clear()
    const fresh = { minute: minute - 1, requests: 0, networks: new Set(key.networks) }
    watched.set(key.id, fresh)
    return fresh
  }

  return (key: KeyRecord, origin: Origin): void => {
    const at_ms = now()
    const minute = Math.floor(at_ms / minute_ms)
    const use = watch(key, minute)
    if (use.minute !== minute) {
      const { requests } = use
      inBackground(tenancy.inSystem((tx) => noteUse(tx, { id: key.id, at_ms, ip: origin.ip, requests })))
      Object.assign(use, { minute, requests: 0 })
    }
    use.requests += 1
    const threshold = burstThreshold(key)
    if (use.requests > threshold && use.requests - 1 <= threshold)
      tell('api_key.burst', key, origin, {
        requests: use.requests,
        usual_per_minute: Math.round(key.usual_per_minute),
      })
    const network = origin.ip === null ? null : networkOf(origin.ip, { v4: 24, v6: 48 })
    if (network === null || use.networks.has(network)) return
    use.networks.add(network)
    inBackground(noteNetwork(key, network, origin))
  }
}
