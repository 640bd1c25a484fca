/** Two-factor over HTTP: the second step of a log-in, its set-up, and the organization's rule. */
import { operations } from '@rapport/contracts'
import type { FastifyRequest } from 'fastify'
import type { Origin } from '../../../platform/actor.ts'
import { originOf } from '../../../platform/http/origin.ts'
import type { SessionIdentity } from '../../../platform/http/route.ts'
import { relyingParty } from '../passkeys/relying-party.ts'
import { clientOf, type SignInRoutes } from '../sign-in.ts'
import { answerSecondFactor } from './answer.ts'
import { confirmIdentity } from './confirm.ts'
import { ownTwoFactorFirst } from './errors.ts'
import { requiresTwoFactor, requireTwoFactor } from './policy.ts'
import { beginTwoFactor, disableTwoFactor, enableTwoFactor, makeRecoveryCodes } from './set-up.ts'
import { listSignInMethods } from './ways-in.ts'

/** Who asks, from where. */
export type Caller = { user_id: string; session_id: string; origin: Origin }

export const callerOf = (
  { user_id, session_id }: Pick<SessionIdentity, 'user_id' | 'session_id'>,
  request: FastifyRequest,
): Caller => ({ user_id, session_id, origin: originOf(request) })

export function secondFactorRoutes(parts: SignInRoutes): void {
  const { api, access, throttle, environment, answer } = parts
  const siteOf = ({ headers }: FastifyRequest) => relyingParty(environment.publicUrl, headers)

  api.route(operations.signIn.twoFactor, {
    allow: 'public',
    async handle({ request, reply }, { body }) {
      await throttle.countRequest(request.ip, reply)
      return answer(reply, await answerSecondFactor(parts, siteOf(request), body, clientOf(request)))
    },
  })

  api.route(operations.signIn.confirm, {
    allow: 'session',
    async handle({ request, reply, identity }, { body }) {
      await throttle.countRequest(request.ip, reply)
      await confirmIdentity(parts, siteOf(request), callerOf(identity, request), body.proof)
      return undefined
    },
  })

  api.route(operations.signIn.methods, {
    allow: 'session',
    handle: ({ identity, inSystem }) => inSystem((tx) => listSignInMethods(tx, identity.user_id)),
  })

  api.route(operations.signIn.beginTwoFactor, {
    allow: 'session',
    handle: ({ request, identity }) => beginTwoFactor(parts, callerOf(identity, request)),
  })

  api.route(operations.signIn.enableTwoFactor, {
    allow: 'session',
    handle: async ({ request, identity }, { body }) => ({
      recovery_codes: await enableTwoFactor(parts, callerOf(identity, request), body.code),
    }),
  })

  api.route(operations.signIn.disableTwoFactor, {
    allow: 'session',
    async handle({ request, identity }, { body }) {
      await disableTwoFactor(parts, callerOf(identity, request), body)
      return undefined
    },
  })

  api.route(operations.signIn.newRecoveryCodes, {
    allow: 'session',
    handle: async ({ request, identity }) => ({
      recovery_codes: await makeRecoveryCodes(parts, callerOf(identity, request)),
    }),
  })

  api.route(operations.signIn.twoFactorPolicy, {
    allow: 'organization:read',
    handle: async ({ actor, inSystem }) => ({
      required: await inSystem((tx) => requiresTwoFactor(tx, actor.organization_id)),
    }),
  })

  api.route(operations.signIn.setTwoFactorPolicy, {
    allow: 'organization:update',
    async handle({ actor, identity, inTenant }, { body: { required } }) {
      const { organization_id } = actor
      // Whoever turns it on has to be able to turn it off.
      if (required && identity.kind === 'session' && !identity.two_factor) throw ownTwoFactorFirst()
      await inTenant(actor, async ({ tx, audit }) => {
        const before = await requiresTwoFactor(tx, organization_id)
        if (before === required) return
        await requireTwoFactor(tx, organization_id, required)
        audit({
          action: 'organization.two_factor_changed',
          object: 'organization',
          record_id: organization_id,
          category: 'security',
          before: { require_two_factor: before },
          after: { require_two_factor: required },
        })
      })
      access.forgetPolicy(organization_id)
      return { required }
    },
  })
}
