/** Logging in at Google, Microsoft or another OpenID provider, and linking accounts there, over HTTP. */
import { operations, type LinkedIdentity, type ProviderKey } from '@rapport/contracts'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { originOf } from '../../../platform/http/origin.ts'
import { notFound } from '../../../platform/problems.ts'
import { answerAdmission } from '../logins.ts'
import { ownOrigin } from '../passkeys/relying-party.ts'
import { requireFreshSession } from '../second-factor/confirmation.ts'
import { tellHolder } from '../second-factor/notice.ts'
import { callerOf } from '../second-factor/routes.ts'
import { lockPerson, requireWayIn } from '../second-factor/ways-in.ts'
import { beginStep, takeStep, type Step } from '../sign-in-steps.ts'
import { clientOf, type SignInRoutes } from '../sign-in.ts'
import { newSecret } from '../tokens.ts'
import { createBrowserCookie } from './browser-cookie.ts'
import { providerUnknown, signInEnded } from './errors.ts'
import { createProviderClient, type Claims, type Intent } from './provider-client.ts'
import { deleteIdentity } from './repository.ts'
import { link, linkWithPassword, signInByProvider, type ProviderParts } from './sign-in-by-provider.ts'

export function providerRoutes(parts: SignInRoutes & ProviderParts): void {
  const { api, access, throttle, environment, tenancy, mail, log, answer } = parts
  const cookie = createBrowserCookie(environment.publicUrl)
  const clients = new Map(
    environment.providers.map((settings) => [
      settings.provider,
      createProviderClient(settings, log, access.now),
    ]),
  )
  const clientFor = (provider: ProviderKey) => {
    const client = clients.get(provider)
    if (!client) throw providerUnknown(provider)
    return client
  }
  const returnTo = ({ headers }: FastifyRequest, provider: ProviderKey) =>
    `${ownOrigin(environment.publicUrl, headers)}/sign-in/${provider}`
  const visitorOf = (request: FastifyRequest) => ({ client: clientOf(request), origin: originOf(request) })

  /** Answers where to send the browser, which gets the secret of this log-in along. */
  async function begin(
    { request, reply }: { request: FastifyRequest; reply: FastifyReply },
    provider: ProviderKey,
    intent: Intent,
    who: { user_id: string; session_id: string } | null,
  ) {
    const secret = newSecret()
    const url = await clientFor(provider).begin(secret, intent, returnTo(request, provider))
    const data = { provider, intent }
    await tenancy.inSystem((tx) => beginStep(tx, { kind: 'provider', ...who, data }, access.now(), secret))
    void reply.header('set-cookie', cookie.set(secret))
    return { url }
  }

  /** Takes the step of this browser, whatever comes of it, and asks the provider who came back. */
  async function finish(
    { request, reply }: { request: FastifyRequest; reply: FastifyReply },
    provider: ProviderKey,
    intent: Intent,
    query: string,
  ): Promise<{ step: Step; claims: Claims }> {
    const client = clientFor(provider)
    const secret = cookie.read(request.headers.cookie)
    void reply.header('set-cookie', cookie.clear())
    const step =
      secret === null ? null : await tenancy.inSystem((tx) => takeStep(tx, 'provider', secret, access.now()))
    if (secret === null || step?.data['provider'] !== provider || step.data['intent'] !== intent)
      throw signInEnded()
    return { step, claims: await client.finish(secret, intent, returnTo(request, provider), query) }
  }

  api.route(operations.signIn.providers, {
    allow: 'public',
    handle: async () => ({
      items: environment.providers.map(({ provider, name }) => ({ provider, name })),
    }),
  })

  api.route(operations.signIn.startProvider, {
    allow: 'public',
    async handle(ctx, { params: { provider } }) {
      await throttle.countRequest(ctx.request.ip, ctx.reply)
      return begin(ctx, provider, 'login', null)
    },
  })

  api.route(operations.signIn.finishProvider, {
    allow: 'public',
    async handle(ctx, { params: { provider }, body: { query, invitation_token } }) {
      await throttle.countRequest(ctx.request.ip, ctx.reply)
      const { claims } = await finish(ctx, provider, 'login', query)
      const { settings } = clientFor(provider)
      const visitor = { ...visitorOf(ctx.request), invitation_token }
      const outcome = await signInByProvider(parts, settings, claims, visitor)
      if ('password_required' in outcome) return outcome
      const opened = await answerAdmission(access, outcome)
      return 'session' in opened ? answer(ctx.reply, opened) : opened
    },
  })

  api.route(operations.signIn.linkWithPassword, {
    allow: 'public',
    async handle({ request, reply }, { params: { provider }, body }) {
      await throttle.countRequest(request.ip, reply)
      const { settings } = clientFor(provider)
      const outcome = await linkWithPassword(parts, settings, body, visitorOf(request))
      const opened = await answerAdmission(access, outcome)
      return 'session' in opened ? answer(reply, opened) : opened
    },
  })

  api.route(operations.signIn.startLink, {
    allow: 'session',
    async handle(ctx, { params: { provider } }) {
      const { user_id, session_id } = ctx.identity
      await tenancy.inSystem((tx) => requireFreshSession(tx, { session_id }, access.now()))
      return begin(ctx, provider, 'link', { user_id, session_id })
    },
  })

  api.route(operations.signIn.finishLink, {
    allow: 'session',
    async handle(ctx, { params: { provider }, body: { query } }) {
      const { step, claims } = await finish(ctx, provider, 'link', query)
      const { user_id, session_id } = ctx.identity
      if (step.session_id !== session_id) throw signInEnded()
      const { settings } = clientFor(provider)
      const { issuer, subject, email } = claims
      const identity = { provider, issuer, subject, user_id, email }
      const linked = await tenancy.inSystem((tx) =>
        link(parts, tx, settings, identity, originOf(ctx.request)),
      )
      return linked as LinkedIdentity
    },
  })

  api.route(operations.signIn.unlink, {
    allow: 'session',
    async handle({ request, identity }, { params: { id } }) {
      const caller = callerOf(identity, request)
      await tenancy.inSystem(async (tx) => {
        await requireFreshSession(tx, caller, access.now())
        await lockPerson(tx, caller.user_id)
        const removed = await deleteIdentity(tx, caller.user_id, id)
        if (!removed) throw notFound('identity', id)
        await requireWayIn(tx, caller.user_id)
        const { name } = clients.get(removed.provider as ProviderKey)?.settings ?? { name: removed.provider }
        await tellHolder(tx, mail, caller, { action: 'identity.unlinked', record_id: id, name })
      })
      return undefined
    },
  })
}
