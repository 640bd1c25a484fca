/** Which addresses are the public internet. */
import ipaddr from 'ipaddr.js'

/** Global by their range and yet a cloud's inside: Azure answers its virtual machines' metadata here. */
const insideOfClouds = new Set(['168.63.129.16'])

const globalIpv6 = ipaddr.IPv6.parseCIDR('2000::/3')

/**
 * Whether the address is globally reachable unicast. Of IPv6 nothing outside 2000::/3 is, which leaves out mapped and
 * compatible IPv4 and the NAT64 prefixes: through them an inner IPv4 address can be written as an IPv6 one.
 */
export function isGlobalAddress(address: string): boolean {
  if (!ipaddr.isValid(address) || insideOfClouds.has(address)) return false
  const parsed = ipaddr.parse(address)
  if (parsed.range() !== 'unicast') return false
  return parsed instanceof ipaddr.IPv4 || parsed.match(globalIpv6)
}
