/** What a request carries: what the caller asks for, without the headers that steer the connection itself. */
import { OutgoingError } from './errors.ts'

const steering = new Set([
  'connection',
  'content-length',
  'cookie',
  'expect',
  'forwarded',
  'host',
  'keep-alive',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
])
const steeringPrefix = /^(proxy-|x-forwarded-|x-real-ip)/
const token = /^[\w!#$%&'*+.^`|~-]+$/
const visible = /^[\t\x20-\x7e\x80-\xff]*$/

export function cleanHeaders(given: Readonly<Record<string, string>> = {}): Record<string, string> {
  const headers: Record<string, string> = { 'user-agent': 'Rapport', 'accept-encoding': 'identity' }
  for (const [written, value] of Object.entries(given)) {
    const name = written.toLowerCase()
    if (steering.has(name) || steeringPrefix.test(name) || !token.test(name) || !visible.test(value))
      throw new OutgoingError('header_refused')
    headers[name] = value
  }
  return headers
}
