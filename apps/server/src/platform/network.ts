/** Networks of addresses: who is behind an address is often told by the network rather than by the address. */
import ipaddr from 'ipaddr.js'

/** The address with all but the first bits cleared, as `203.0.113.0/24`; a text that is no address as it is. */
export function networkOf(address: string, bits: { v4: number; v6: number }): string {
  if (!ipaddr.isValid(address)) return address
  // ::ffff:203.0.113.7 is how a dual-stack socket tells an IPv4 address.
  const parsed = ipaddr.process(address)
  const length = parsed.kind() === 'ipv4' ? bits.v4 : bits.v6
  const kept = parsed.toByteArray().map((byte, index) => byte & maskOf(length - index * 8))
  return `${ipaddr.fromByteArray(kept).toString()}/${length}`
}

const maskOf = (bits: number) => (bits >= 8 ? 255 : bits <= 0 ? 0 : (255 << (8 - bits)) & 255)

/** One household or server: a whole address, but of IPv6 the /64 that each of them is given. */
export const subscriberOf = (address: string): string =>
  address.includes(':') ? networkOf(address, { v4: 32, v6: 64 }).replace(/\/32$/, '') : address
