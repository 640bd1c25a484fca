/**
 * Pages that the operator opens in a browser. The operator token comes once in the address and goes from there
 * into a cookie, which holds its hash only and is sent to these pages alone.
 */
import { createHash, timingSafeEqual } from 'node:crypto'
import { parseCookie, stringifySetCookie } from 'cookie'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { notAuthenticated } from '../problems.ts'
import { requireOperator } from './operator.ts'

const cookieName = 'rapport_operator'
const cookieSeconds = 12 * 3600

const digest = (text: string) => createHash('sha256').update(text).digest()
/** Whoever reads the cookie has these pages for a while, and not the token. */
const cookieValue = (token: string) => digest(`operator cookie\n${token}`).toString('base64url')
const same = (given: string, wanted: string) => timingSafeEqual(digest(given), digest(wanted))

export type OperatorPages = ReturnType<typeof operatorPages>

export function operatorPages({ token, publicUrl }: { token: string; publicUrl: string }) {
  const keep = stringifySetCookie({
    name: cookieName,
    value: cookieValue(token),
    httpOnly: true,
    sameSite: 'lax',
    secure: publicUrl.startsWith('https:'),
    path: '/operator',
    maxAge: cookieSeconds,
  })

  return {
    /** Where a page opens without anything else: for the terminal of whoever runs this server. */
    addressOf: (path: string) => `${publicUrl}${path}?token=${encodeURIComponent(token)}`,

    /**
     * Throws a 401 to strangers. True when the reply has been sent: the browser goes on without the token in the
     * address, so that it stays in no history and no referrer.
     */
    async admit(request: FastifyRequest, reply: FastifyReply): Promise<boolean> {
      const { token: given } = request.query as { token?: unknown }
      if (typeof given === 'string') {
        if (!same(given, token)) throw notAuthenticated('This is not the operator token.')
        const path = request.url.split('?')[0] ?? '/'
        await reply.header('set-cookie', keep).header('cache-control', 'no-store').redirect(path, 303)
        return true
      }
      const cookie = parseCookie(request.headers.cookie ?? '')[cookieName]
      if (cookie === undefined || !same(cookie, cookieValue(token))) requireOperator(request, token)
      return false
    },
  }
}
