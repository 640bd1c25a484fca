/** Decides about an address before anything is sent: its form, then what its name resolves to. */
import { isIP } from 'node:net'
import { OutgoingError } from './errors.ts'

export type Address = { address: string; family: 4 | 6 }
/** All addresses of a name, or an error when it has none. */
export type Resolve = (hostname: string) => Promise<Address[]>
export type Target = { url: URL; addresses: Address[] }

type Policy = { ports: readonly number[]; resolve: Resolve; accepts: (address: string) => boolean }

export async function chooseTarget(text: string, { ports, resolve, accepts }: Policy): Promise<Target> {
  const url = parseUrl(text, ports)
  // The URL parser has already turned 0x7f.1, 2130706433 and the like into plain dotted addresses.
  const hostname = url.hostname.replace(/^\[|\]$/g, '')
  const family = isIP(hostname)
  const addresses: Address[] =
    family === 4 || family === 6 ? [{ address: hostname, family }] : await resolveName(hostname, resolve)
  // One inner address among several is enough to refuse: which of them is dialled would be left to chance.
  if (!addresses.every(({ address }) => accepts(address))) throw new OutgoingError('address_refused')
  return { url, addresses }
}

function parseUrl(text: string, ports: readonly number[]): URL {
  if (!URL.canParse(text)) throw new OutgoingError('url_invalid')
  const url = new URL(text)
  if (url.protocol !== 'https:') throw new OutgoingError('scheme_refused')
  if (url.username !== '' || url.password !== '') throw new OutgoingError('credentials_refused')
  if (!ports.includes(Number(url.port || 443))) throw new OutgoingError('port_refused')
  return url
}

async function resolveName(hostname: string, resolve: Resolve): Promise<Address[]> {
  const addresses = await resolve(hostname).catch((cause: unknown) => {
    throw new OutgoingError('name_unknown', cause)
  })
  if (addresses.length === 0) throw new OutgoingError('name_unknown')
  return addresses
}
