/**
 * Counts the requests of each caller to the API and refuses what is too much: by address before anything is read,
 * by user, organization and key once they are known. RateLimit and RateLimit-Policy tell how much is left
 * (draft-ietf-httpapi-ratelimit-headers-10), of the limit that is nearest.
 */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { window_s, type Count, type Counters, type LimitKind } from '../limits/index.ts'
import { subscriberOf } from '../network.ts'
import { tooMany } from '../problems.ts'

export type Callers = { [Kind in Exclude<LimitKind, 'ip'>]?: string | null }
/** Throws a 429 when one of these callers has asked too often in this minute. */
export type CountCallers = (request: FastifyRequest, reply: FastifyReply, callers: Callers) => Promise<void>

const named: Record<LimitKind, string> = {
  ip: 'address',
  user: 'user',
  organization: 'organization',
  key: 'API key',
}

export function limitRequests(app: FastifyInstance, counters: Counters): CountCallers {
  const byAddress = new WeakMap<FastifyRequest, Count>()

  app.addHook('onRequest', async (request, reply) => {
    if (!counters.ip || !request.url.startsWith('/api/')) return
    const count = await counters.ip(subscriberOf(request.ip))
    byAddress.set(request, count)
    if (count.refused) settle(reply, [count])
  })

  return async (request, reply, { user, organization, key }) => {
    const counts = await Promise.all([
      user && counters.user ? counters.user(user) : null,
      organization && counters.organization ? counters.organization(organization) : null,
      key && counters.key ? counters.key(key) : null,
    ])
    const made = [byAddress.get(request), ...counts].filter((count) => count != null)
    if (made.length > 0) settle(reply, made)
  }
}

function settle(reply: FastifyReply, counts: Count[]): void {
  let nearest = counts[0] as Count
  let policy = ''
  for (const count of counts) {
    policy += `${policy && ', '}"${count.kind}";q=${count.quota};w=${window_s}`
    if (count.refused || count.remaining / count.quota < nearest.remaining / nearest.quota) nearest = count
  }
  void reply.header('ratelimit-policy', policy)
  void reply.header('ratelimit', `"${nearest.kind}";r=${nearest.remaining};t=${nearest.reset_s}`)
  if (nearest.refused)
    throw tooMany(
      'rate_limited',
      `More than ${nearest.quota} requests in a minute from this ${named[nearest.kind]}.`,
      nearest.reset_s,
    )
}
