/** Routes outside any organization: for everybody, or for whoever is logged in. */
import type { Operation } from '@rapport/contracts'
import { answerOf, keyOf, send } from './answer.ts'
import { noteCaller } from './caller.ts'
import { parseInput } from './input.ts'
import type { Parts } from './parts.ts'
import type { Handle, PublicRoute, SessionRoute } from './route.ts'
import { requireIdentity, requireSession } from './who-asks.ts'

export function handlePublic<Op extends Operation>(parts: Parts, op: Op, route: PublicRoute<Op>): Handle {
  return async (request, reply) => {
    await parts.countCallers(request, reply, {})
    const input = parseInput(op, request)
    const answer = await parts.idempotency.once(keyOf(request, op, 'public'), async () =>
      answerOf(op, await route.handle({ ...parts.transactions, request, reply }, input), reply),
    )
    return send(reply, answer)
  }
}

export function handleSession<Op extends Operation>(parts: Parts, op: Op, route: SessionRoute<Op>): Handle {
  return async (request, reply) => {
    const asking = await requireIdentity(parts.authentication, request)
    parts.watching.identified(request, asking)
    const identity = requireSession(asking)
    noteCaller(request, { user_id: identity.user_id })
    await parts.countCallers(request, reply, { user: identity.user_id })
    const input = parseInput(op, request)
    const answer = await parts.idempotency.once(keyOf(request, op, identity.user_id), async () =>
      answerOf(op, await route.handle({ ...parts.transactions, request, reply, identity }, input), reply),
    )
    return send(reply, answer)
  }
}
