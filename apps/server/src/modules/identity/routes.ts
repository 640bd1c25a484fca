import { operations, type Me, type Organization, type User } from '@rapport/contracts'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { changedFields } from '../../platform/audit/index.ts'
import type { Features } from '../../platform/features/index.ts'
import { originOf } from '../../platform/http/origin.ts'
import type { HandleContext, SessionIdentity } from '../../platform/http/route.ts'
import type { Platform } from '../../platform/platform.ts'
import { Problem } from '../../platform/problems.ts'
import type { Ctx } from '../../platform/tenancy.ts'
import type { IdentityAccess } from './access.ts'
import type { ForgetMember, LeaveOrganization } from './account/deletion.ts'
import { auditAccount } from './account/notices.ts'
import { declareAccountRoutes } from './account/routes.ts'
import { requireUncommon } from './account/password-strength.ts'
import { getPreferences } from './account/preferences.ts'
import { mailVerification } from './account/verification.ts'
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
import { providerRoutes } from './oidc/routes.ts'
import { passkeyRoutes } from './passkeys/routes.ts'
import { decoyHash } from './passwords.ts'
import { secondFactorRoutes } from './second-factor/routes.ts'
import { deleteEndedSessions, type Client } from './sessions.ts'
import { deleteExpiredSteps } from './sign-in-steps.ts'
import { createThrottle, type IdentityLimits } from './throttle.ts'
import { getUser, updateUser } from './users.ts'

type Options = {
  authentication: IdentityAccess
  /** Runs in the transaction that makes an organization, as its owner. */
  onOrganizationCreated?: readonly OrganizationHook[]
  invitations: InvitationDesk
  leaveOrganization: LeaveOrganization
  forgetMember: ForgetMember
  limits?: IdentityLimits | undefined
}

type IdentityPlatform = Pick<
  Platform,
  'api' | 'tenancy' | 'jobs' | 'refusals' | 'features' | 'environment' | 'log' | 'mail' | 'secrets' | 'limits'
>

const userAgentLength = 300

export function identityModule({
  authentication,
  onOrganizationCreated = [],
  invitations,
  leaveOrganization,
  forgetMember,
  limits,
}: Options) {
  return (platform: IdentityPlatform): void => {
    const { api, tenancy, jobs, refusals, features, environment, log, mail, secrets } = platform
    const access = authentication
    const throttle = createThrottle(platform.limits, limits)
    // Without a mail server no address can be proved, and asking for it would lock everybody out.
    const provesAddresses = environment.smtpUrl !== undefined
    const founding = { tenancy, onOrganizationCreated }
    const inviting = { tenancy, invitations }
    const logins = { ...inviting, access, throttle, refusals, mail, provesAddresses }
    void decoyHash()
    jobs.schedule('identity.delete-ended-sessions', '23 3 * * *', () =>
      tenancy.inSystem((tx) => deleteEndedSessions(tx, access.now())),
    )

    const tellTaken = (ip: string) => async (error: unknown) => {
      if (error instanceof Problem && error.code === 'email_taken') await throttle.countTaken(ip)
      throw error
    }

    function answer(reply: FastifyReply, { session, cookie }: Opened) {
      if (cookie !== null) void reply.header('set-cookie', access.cookies.keep(cookie))
      return session
    }

    const signIn = { ...logins, api, secrets, mail, environment, log, founding, answer }
    secondFactorRoutes(signIn)
    passkeyRoutes(signIn)
    providerRoutes(signIn)
    jobs.schedule('identity.delete-expired-steps', '53 * * * *', () =>
      tenancy.inSystem((tx) => deleteExpiredSteps(tx, access.now())),
    )

    declareAccountRoutes({ ...platform, access, throttle, leaveOrganization, forgetMember })

    api.route(operations.identity.register, {
      allow: 'public',
      async handle({ request, reply }, { body: { invitation_token, ...person } }) {
        await throttle.countRegistration(request.ip, reply)
        requireUncommon(person.password, [person.email, person.full_name])
        const open = async ({ tx }: Ctx, user: User, organization: Organization, role: string) => {
          if (user.email_verified_at === null) await mailVerification(tx, mail, user.id, access.now())
          const opened = await openSession(tx, access, user.id, organization.id, clientOf(request))
          return [{ user, organization, role: role as Membership['role'] }, opened] as const
        }
        const taken = provesAddresses ? 'accept' : 'refuse'
        const registering =
          invitation_token === undefined
            ? register({ ...founding, taken }, person, open)
            : registerInvited(
                { ...inviting, taken, origin: originOf(request) },
                person,
                invitation_token,
                open,
              )
        const [who, granted] = await registering.catch(tellTaken(request.ip))
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
        const cookie = access.cookies.read(request.headers.cookie)
        return answer(reply, await refresh(logins, body.refresh_token, cookie, clientOf(request)))
      },
    })

    api.route(operations.identity.logout, {
      allow: 'session',
      async handle({ request, reply, identity }) {
        await logOut(logins, identity, clientOf(request))
        void reply.header('set-cookie', access.cookies.clear())
        return undefined
      },
    })

    api.route(operations.identity.switchOrganization, {
      allow: 'session',
      async handle({ request, reply, identity }, { body }) {
        return answer(
          reply,
          await switchOrganization(logins, identity, body.organization_id, clientOf(request)),
        )
      },
    })

    api.route(operations.identity.me, {
      allow: 'session',
      async handle({ request, reply, identity, inSystem }) {
        // The server notes use of the session by itself; the browser's cookie is prolonged here.
        const cookie = access.cookies.read(request.headers.cookie)
        if (cookie !== null && identity.token_organization_id === null)
          void reply.header('set-cookie', access.cookies.keep(cookie))
        return me({ access, features }, { request, inSystem }, identity)
      },
    })

    api.route(operations.identity.updateMe, {
      allow: 'session',
      async handle({ identity, inSystem, request }, { body }) {
        requireTimeZone(body.time_zone)
        const user = await inSystem(async (tx) => {
          const before = await getUser(tx, identity.user_id)
          const after = await updateUser(tx, identity.user_id, body)
          const changes = changedFields(before, body)
          if (changes)
            await auditAccount(tx, after, originOf(request), { action: 'user.updated', ...changes })
          return after
        })
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
          const before = await getOrganization(tx, actor.organization_id)
          const changed = await updateOrganization(tx, actor.organization_id, body)
          emit({
            type: 'organization.updated',
            record: { object: 'organization', id: changed.id, name: changed.name },
            changes: changedFields(before, body),
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
  const user_agent = request.headers['user-agent']?.slice(0, userAgentLength) ?? null
  return { ip: request.ip, user_agent, request_id: request.id }
}

async function me(
  { access, features }: { access: IdentityAccess; features: Features },
  { request, inSystem }: Pick<HandleContext, 'request' | 'inSystem'>,
  identity: SessionIdentity,
): Promise<Me> {
  const header = request.headers['x-org-id']
  const named = typeof header === 'string' && header !== '' ? header.toLowerCase() : null
  const person = await inSystem(async (tx) => {
    const [user, preferences, places] = await Promise.all([
      getUser(tx, identity.user_id),
      getPreferences(tx, identity.user_id),
      listMemberships(tx, identity.user_id),
    ])
    const organization = await getOrganization(tx, placeOf(identity, named, places).organization_id)
    const organizations = places.map(({ organization_id: id, ...place }) => ({ id, ...place }))
    return { user, preferences, organization, organizations }
  })
  // Never from memory: screens ask again because something about it has changed, perhaps in another process.
  const actor = await access.actorOf(identity.user_id, person.organization.id)
  if (!actor) throw withoutOrganization()
  const { role, role_name, grants: permissions, field_rules, team_user_ids, organization_id } = actor
  return {
    ...person,
    role,
    role_name,
    permissions,
    features: await features.flagsOf(organization_id),
    field_rules,
    team_user_ids: [...team_user_ids],
    two_factor_pending: !identity.two_factor && (await access.asksTwoFactor(organization_id)),
  }
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
