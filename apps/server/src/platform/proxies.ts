/**
 * Which addresses are proxies of ours (RAPPORT_TRUSTED_PROXIES): only they may say whom they speak for. Anybody
 * else's X-Forwarded-For is a claim, and believing it would let callers choose the address that limits and logs
 * know them by.
 */
import ipaddr from 'ipaddr.js'

export type Proxies = {
  isTrusted: (address: string) => boolean
  /** The address of the caller: from the right, the first one that is no proxy of ours. */
  callerOf: (remote: string, forwarded: string | string[] | undefined) => string
}

type Range = ReturnType<typeof ipaddr.parseCIDR>
const remembered = 1_000

/** `loopback`, or an address or network; null for anything else. */
export function parseProxy(text: string): 'loopback' | Range | null {
  if (text === 'loopback') return text
  if (ipaddr.isValidCIDR(text)) return ipaddr.parseCIDR(text)
  if (!ipaddr.isValid(text)) return null
  const address = ipaddr.process(text)
  return [address, address.kind() === 'ipv4' ? 32 : 128]
}

export function createProxies(trusted: readonly string[]): Proxies {
  const ranges = trusted.map(parseProxy).filter((range) => range !== null)
  const known = new Map<string, boolean>()

  function look(address: string): boolean {
    if (!ipaddr.isValid(address)) return false
    const parsed = ipaddr.process(address)
    return ranges.some((range) => {
      if (range === 'loopback') return parsed.range() === 'loopback'
      return parsed.kind() === range[0].kind() && parsed.match(range)
    })
  }

  function isTrusted(address: string): boolean {
    const before = known.get(address)
    if (before !== undefined) return before
    if (known.size >= remembered) known.clear()
    const answer = look(address)
    known.set(address, answer)
    return answer
  }

  return {
    isTrusted,
    callerOf(remote, forwarded) {
      const told = String(forwarded ?? '')
        .split(',')
        .map((address) => address.trim())
        .filter((address) => address !== '')
      const hops = [...told, remote]
      return hops.findLast((address) => !isTrusted(address)) ?? hops[0] ?? remote
    },
  }
}
