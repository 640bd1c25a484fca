/** The session cookie of the web app, and the Origin check that goes with it. */
import { parseCookie, stringifySetCookie } from 'cookie'
import { originRefused } from './errors.ts'
import { sessionSeconds } from './sessions.ts'

const name = 'rapport_session'

export type CookieHeaders = {
  cookie?: string | undefined
  origin?: string | undefined
  host?: string | undefined
  'sec-fetch-site'?: string | string[] | undefined
}

export function createCookies(publicUrl: string) {
  const home = new URL(publicUrl)
  const secure = home.protocol === 'https:'
  const write = (value: string, maxAge: number) =>
    stringifySetCookie({ name, value, httpOnly: true, sameSite: 'lax', secure, path: '/', maxAge })

  return {
    read: (header: string | undefined): string | null =>
      header ? (parseCookie(header)[name] ?? null) : null,
    /** The Set-Cookie header that (again) gives the session its thirty days. */
    keep: (secret: string): string => write(secret, sessionSeconds),
    clear: (): string => write('', 0),

    /**
     * SameSite=Lax keeps other sites out, this check also other origins of the same site. The host that was
     * called counts beside the public address, because the server may be reached under more names than one.
     */
    requireOwnOrigin({ origin, host, 'sec-fetch-site': site }: CookieHeaders): void {
      // A second lock: browsers say by themselves whether it is another site or origin that asks.
      if (site !== undefined && site !== 'same-origin' && site !== 'none') throw originRefused()
      if (origin === home.origin) return
      if (!origin || !URL.canParse(origin)) throw originRefused()
      const sender = new URL(origin)
      if (sender.host !== host?.toLowerCase() || (secure && sender.protocol !== 'https:'))
        throw originRefused()
    },
  }
}
