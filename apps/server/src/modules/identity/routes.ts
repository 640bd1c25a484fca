import { operations, type Me, type Organization, type User } from '@rapport/contracts'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { HandleContext, SessionIdentity } from '../../platform/http/route.ts'
import type { Platform } from '../../platform/platform.ts'
import type { Ctx } from '../../platform/tenancy.ts'
import type { IdentityAccess } from './access.ts'
import {
  createOrganization,
  register,
  registerInvited,
  requireTimeZone,
  type InvitationDesk,
  type OrganizationHook,
} from './accounts.ts'
import { otherOrganization, withoutOrganization } from './errors.ts'
import { answerWith, logIn, logOut, openSession, refresh, switchOrganization, type Opened } from './logins.ts'
import { listMemberships, type Membership } from './memberships.ts'
import { getOrganization, updateOrganization } from './organizations.ts'
import { decoyHash } from './passwords.ts'
import { deleteEndedSessions, type Client } from './sessions.ts'
import { createThrottle, type IdentityLimits } from './throttle.ts'
import { getUser, updateUser } from './users.ts'

type Options = {
  authentication: IdentityAccess
  /** Runs in the transaction that makes an organization, as its owner. */
  onOrganizationCreated?: readonly OrganizationHook[]
  invitations: InvitationDesk
  limits?: IdentityLimits | undefined
}

const userAgentLength = 300

export function identityModule({ authentication, onOrganizationCreated = [], invitations, limits }: Options) {
  return ({ api, tenancy, jobs }: Pick<Platform, 'api' | 'tenancy' | 'jobs'>): void => {
    const access = authentication
    const throttle = createThrottle(limits)
    const founding = { tenancy, onOrganizationCreated }
    const logins = { tenancy, access, throttle }
    void decoyHash()
    jobs.schedule('identity.delete-ended-sessions', '23 3 * * *', () =>
      tenancy.inSystem((tx) => deleteEndedSessions(tx, access.now())),
    )

    function answer(reply: FastifyReply, { session, cookie }: Opened) {
      if (cookie !== null) void reply.header('set-cookie', access.cookies.keep(cookie))
      return session
    }

    api.route(operations.identity.register, {
      allow: 'public',
      async handle({ request, reply }, { body: { invitation_token, ...person } }) {
        await throttle.countRegistration(request.ip, reply)
        const open = async ({ tx }: Ctx, user: User, organization: Organization, role: string) => {
          const opened = await openSession(tx, access, user.id, organization.id, clientOf(request))
          return [{ user, organization, role: role as Membership['role'] }, opened] as const
        }
        const [who, granted] = await (invitation_token === undefined
          ? register(founding, person, open)
          : registerInvited({ tenancy, invitations }, person, invitation_token, open))
        return answer(reply, await answerWith(access, who, granted))
      },
    })

    api.route(operations.identity.login, {
      allow: 'public',
      async handle({ request, reply }, { body }) {
        await throttle.countRequest(request.ip, reply)
        const outcome = await logIn(logins, body, clientOf(request))
        return 'session' in outcome ? answer(reply, outcome) : outcome
      },
    })

    api.route(operations.identity.refresh, {
      allow: 'public',
      async handle({ request, reply }, { body }) {
        await throttle.countRequest(request.ip, reply)
        const cookie = access.cookies.read(request.headers.cookie)
        return answer(reply, await refresh(logins, body.refresh_token, cookie))
      },
    })

    api.route(operations.identity.logout, {
      allow: 'session',
      async handle({ request, reply, identity }) {
        await throttle.countRequest(request.ip, reply)
        await logOut(logins, identity.session_id)
        void reply.header('set-cookie', access.cookies.clear())
        return undefined
      },
    })

    api.route(operations.identity.switchOrganization, {
      allow: 'session',
      async handle({ request, reply, identity }, { body }) {
        await throttle.countRequest(request.ip, reply)
        return answer(reply, await switchOrganization(logins, identity, body.organization_id))
      },
    })

    api.route(operations.identity.me, {
      allow: 'session',
      async handle({ request, reply, identity, inSystem }) {
        // The server notes use of the session by itself; the browser's cookie is prolonged here.
        const cookie = access.cookies.read(request.headers.cookie)
        if (cookie !== null && identity.token_organization_id === null)
          void reply.header('set-cookie', access.cookies.keep(cookie))
        return me(access, { request, inSystem }, identity)
      },
    })

    api.route(operations.identity.updateMe, {
      allow: 'session',
      async handle({ identity, inSystem }, { body }) {
        requireTimeZone(body.time_zone)
        const user = await inSystem((tx) => updateUser(tx, identity.user_id, body))
        access.forgetUser(identity.user_id)
        access.forgetSession(identity.session_id)
        return user
      },
    })

    api.route(operations.identity.createOrganization, {
      allow: 'session',
      handle: ({ identity }, { body }) => createOrganization(founding, identity.user_id, body),
    })

    api.route(operations.identity.currentOrganization, {
      allow: 'organization:read',
      handle: ({ actor, inSystem }) => inSystem((tx) => getOrganization(tx, actor.organization_id)),
    })

    api.route(operations.identity.updateOrganization, {
      allow: 'organization:update',
      async handle({ actor, inTenant }, { body }) {
        const organization = await inTenant(actor, async ({ tx, emit }) => {
          const changed = await updateOrganization(tx, actor.organization_id, body)
          emit({
            type: 'organization.updated',
            record: { object: 'organization', id: changed.id },
            data: { name: changed.name, currency: changed.currency, country: changed.country },
          })
          return changed
        })
        // After the commit: an actor loaded before it would still carry the old currency.
        access.forgetOrganization(organization.id)
        return organization
      },
    })
  }
}

function clientOf(request: FastifyRequest): Client {
  return { ip: request.ip, user_agent: request.headers['user-agent']?.slice(0, userAgentLength) ?? null }
}

async function me(
  access: IdentityAccess,
  { request, inSystem }: Pick<HandleContext, 'request' | 'inSystem'>,
  identity: SessionIdentity,
): Promise<Me> {
  const header = request.headers['x-org-id']
  const named = typeof header === 'string' && header !== '' ? header.toLowerCase() : null
  const person = await inSystem(async (tx) => {
    const [user, places] = await Promise.all([
      getUser(tx, identity.user_id),
      listMemberships(tx, identity.user_id),
    ])
    const organization = await getOrganization(tx, placeOf(identity, named, places).organization_id)
    const organizations = places.map(({ organization_id: id, ...place }) => ({ id, ...place }))
    return { user, organization, organizations }
  })
  // Never from memory: screens ask again because something about it has changed, perhaps in another process.
  const actor = await access.actorOf(identity.user_id, person.organization.id)
  if (!actor) throw withoutOrganization()
  const { role, role_name, grants: permissions, field_rules, team_user_ids } = actor
  return { ...person, role, role_name, permissions, field_rules, team_user_ids: [...team_user_ids] }
}

/** A token speaks for its own organization only; a cookie for the one named, or else the session's. */
function placeOf(identity: SessionIdentity, named: string | null, places: Membership[]): Membership {
  const bound = identity.token_organization_id
  if (bound !== null && named !== null && named !== bound) throw otherOrganization()
  const find = (id: string | null) => places.find((place) => place.organization_id === id)
  const place =
    bound === null ? (find(named) ?? find(identity.session_organization_id) ?? places[0]) : find(bound)
  if (!place) throw withoutOrganization()
  return place
}
