/**
 * The way out of the digest, from the mail itself: mail programs send an empty-handed POST to the address in its headers
 * (RFC 8058), people open the same address and press a button. The address is signed, says nothing to anybody else, and
 * holds as long as the mail is kept.
 */
import type { FastifyInstance } from 'fastify'
import type { Alarms } from '../../platform/alarms.ts'
import { invalidField } from '../../platform/problems.ts'
import type { Tenancy } from '../../platform/tenancy.ts'
import { changeSettings } from './settings.ts'
import type { ActorOf } from './tell.ts'
import { unsubscribePath, type UnsubscribeTokens } from './unsubscribe-tokens.ts'

const largestBody = 16 * 1024

type Parts = {
  tokens: UnsubscribeTokens
  tenancy: Pick<Tenancy, 'inTenant'>
  alarms: Pick<Alarms, 'set'>
  actorOf: ActorOf
}
export type Unsubscribe = (token: string) => Promise<void>

/** Whoever is no member any more gets no digest anyway. */
export const createUnsubscribe =
  ({ tokens, tenancy, alarms, actorOf }: Parts): Unsubscribe =>
  async (token) => {
    const reader = tokens.read(token)
    if (!reader) throw invalidField('token', 'invalid_value', 'is not from one of our mails')
    const member = await actorOf(reader.user_id, reader.organization_id)
    if (!member) return
    await tenancy.inTenant(member, (ctx) => changeSettings(ctx, alarms, { digest: 'off' }))
  }

/** For mail programs. What they send along says nothing that the address does not. */
export function serveUnsubscribe(http: FastifyInstance, unsubscribe: Unsubscribe): void {
  void http.register(async (scope) => {
    scope.removeAllContentTypeParsers()
    scope.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: largestBody }, (_request, _body, done) =>
      done(null, undefined),
    )
    scope.post<{ Querystring: { token?: unknown } }>(unsubscribePath, async (request, reply) => {
      await unsubscribe(String(request.query.token ?? ''))
      return reply.type('text/plain; charset=utf-8').send('OK\n')
    })
  })
}
