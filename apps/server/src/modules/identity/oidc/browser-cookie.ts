/** Ties a log-in at a provider to the browser that began it, for ten minutes. */
import { parseCookie, stringifySetCookie } from 'cookie'

const name = 'rapport_sign_in'
const life_s = 600

export function createBrowserCookie(publicUrl: string) {
  const secure = new URL(publicUrl).protocol === 'https:'
  const write = (value: string, maxAge: number) =>
    stringifySetCookie({
      name,
      value,
      httpOnly: true,
      sameSite: 'lax',
      secure,
      path: '/api/',
      maxAge,
    })
  return {
    read: (header: string | undefined): string | null =>
      header ? (parseCookie(header)[name] ?? null) : null,
    set: (secret: string): string => write(secret, life_s),
    clear: (): string => write('', 0),
  }
}
