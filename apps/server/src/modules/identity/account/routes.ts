/** HTTP of accounts: proving the address, getting back in, settings, sessions, and the end. */
import { operations } from '@rapport/contracts'
import type { FastifyRequest } from 'fastify'
import { originOf } from '../../../platform/http/origin.ts'
import type { Platform } from '../../../platform/platform.ts'
import type { IdentityAccess } from '../access.ts'
import { requireTimeZone } from '../accounts.ts'
import type { Throttle } from '../throttle.ts'
import { deleteExpiredAccountTokens } from './account-tokens.ts'
import { deleteAccount, type LeaveOrganization, type ForgetMember } from './deletion.ts'
import { tellOfNewPlace } from './new-place.ts'
import { changePassword } from './password-change.ts'
import { passwordReset } from './password-reset.ts'
import { getPreferences, updatePreferences } from './preferences.ts'
import { endSessions, listSessions } from './session-list.ts'
import { resendVerification, verifyEmail } from './verification.ts'

type Parts = Pick<Platform, 'api' | 'tenancy' | 'jobs' | 'mail' | 'secrets'> & {
  access: IdentityAccess
  throttle: Throttle
  leaveOrganization: LeaveOrganization
  forgetMember: ForgetMember
}

const { account } = operations
const from = (request: FastifyRequest) => ({ ...originOf(request), ip: request.ip })

export function declareAccountRoutes(parts: Parts): void {
  declareAddressRoutes(parts)
  declarePasswordRoutes(parts)
  declareSettingRoutes(parts)
  declareSessionRoutes(parts)
  const { jobs, tenancy, access, mail } = parts
  access.onOpening((tx, user_id, client) => tellOfNewPlace(tx, mail, user_id, client))
  jobs.schedule('identity.delete-expired-account-tokens', '33 * * * *', () =>
    tenancy.inSystem((tx) => deleteExpiredAccountTokens(tx, access.now())),
  )
}

function declareAddressRoutes({ api, tenancy, mail, access, throttle }: Parts): void {
  api.route(account.verifyEmail, {
    allow: 'public',
    async handle({ request, reply }, { body }) {
      await throttle.countRequest(request.ip, reply)
      await verifyEmail({ tenancy }, body.token, originOf(request), access.now())
      return undefined
    },
  })

  api.route(account.resendVerification, {
    allow: 'session',
    async handle({ request, reply, identity }) {
      await throttle.countRequest(request.ip, reply)
      await tenancy.inSystem((tx) => resendVerification(tx, mail, identity.user_id, access.now()))
      return undefined
    },
  })
}

function declarePasswordRoutes(parts: Parts): void {
  const { api, throttle, access } = parts
  const reset = passwordReset(parts)

  api.route(account.requestPasswordReset, {
    allow: 'public',
    async handle({ request, reply }, { body }) {
      await throttle.countRegistration(request.ip, reply)
      await reset.request(body.email)
      return undefined
    },
  })

  api.route(account.resetPassword, {
    allow: 'public',
    async handle({ request, reply }, { body }) {
      await throttle.countRequest(request.ip, reply)
      await reset.reset(body.token, body.password, originOf(request))
      void reply.header('set-cookie', access.cookies.clear())
      return undefined
    },
  })

  api.route(account.changePassword, {
    allow: 'session',
    async handle({ request, reply, identity }, { body }) {
      await throttle.countRequest(request.ip, reply)
      await changePassword(parts, identity, body, from(request))
      return undefined
    },
  })

  api.route(account.remove, {
    allow: 'session',
    async handle({ request, reply, identity }, { body }) {
      await throttle.countRequest(request.ip, reply)
      await deleteAccount(parts, identity, body.password, from(request))
      void reply.header('set-cookie', access.cookies.clear())
      return undefined
    },
  })
}

function declareSettingRoutes({ api, tenancy, access }: Parts): void {
  api.route(account.preferences, {
    allow: 'session',
    handle: ({ identity }) => tenancy.inSystem((tx) => getPreferences(tx, identity.user_id)),
  })

  api.route(account.updatePreferences, {
    allow: 'session',
    async handle({ identity }, { body }) {
      requireTimeZone(body.time_zone)
      const preferences = await tenancy.inSystem((tx) => updatePreferences(tx, identity.user_id, body))
      access.forgetUser(identity.user_id)
      return preferences
    },
  })
}

function declareSessionRoutes({ api, tenancy, access }: Parts): void {
  const parts = { tenancy, access }

  api.route(account.sessions, {
    allow: 'session',
    async handle({ identity }) {
      const items = await tenancy.inSystem((tx) => listSessions(tx, identity, access.now()))
      return { items, next_cursor: null }
    },
  })

  api.route(account.revokeSession, {
    allow: 'session',
    async handle({ request, reply, identity }, { params }) {
      await endSessions(parts, identity, { only: params.id }, originOf(request))
      if (params.id === identity.session_id) void reply.header('set-cookie', access.cookies.clear())
      return undefined
    },
  })

  api.route(account.revokeOtherSessions, {
    allow: 'session',
    async handle({ request, identity }) {
      await endSessions(parts, identity, { all_but: identity.session_id }, originOf(request))
      return undefined
    },
  })
}
