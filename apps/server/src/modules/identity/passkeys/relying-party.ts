/** For which site a passkey is good, and where a provider sends the browser back to. */
import type { IncomingHttpHeaders } from 'node:http'

export type RelyingParty = { id: string; origin: string }

const localNames = new Set(['localhost', '127.0.0.1', '[::1]'])

/**
 * The public address. On this machine itself the address that was called counts, because in development the
 * port is often another; nobody else's browser can be made to call from there.
 */
export function ownOrigin(publicUrl: string, { origin, host }: IncomingHttpHeaders): string {
  const home = new URL(publicUrl).origin
  if (!origin || !URL.canParse(origin)) return home
  const sender = new URL(origin)
  const local = localNames.has(sender.hostname) && localNames.has(new URL(home).hostname)
  return local && sender.host === host?.toLowerCase() ? sender.origin : home
}

export function relyingParty(publicUrl: string, headers: IncomingHttpHeaders): RelyingParty {
  const origin = ownOrigin(publicUrl, headers)
  return { id: new URL(origin).hostname, origin }
}
