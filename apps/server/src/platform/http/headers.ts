/**
 * What every answer says to a browser. Pages get the content security policy of the web app: its own files and
 * nothing else, no inline script and no inline style. Answers of the API are data: nothing in them is ever run,
 * shown in a frame, or embedded by another site.
 */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'

type Headers = readonly (readonly [name: string, value: string])[]

/** Two years, the length that browsers' preload lists ask for. */
const strictTransport = 'max-age=63072000; includeSubDomains'

/** Nothing that the app needs. Voice notes need the microphone, which is open for its own origin only. */
const closedFeatures = [
  'accelerometer',
  'camera',
  'display-capture',
  'geolocation',
  'gyroscope',
  'magnetometer',
  'midi',
  'payment',
  'serial',
  'usb',
]

function pagePolicy(publicUrl: URL): string {
  // 'self' covers web sockets in newer browsers only.
  const sockets = `${publicUrl.protocol === 'https:' ? 'wss' : 'ws'}://${publicUrl.host}`
  const directives = [
    "default-src 'self'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data: blob:",
    "media-src 'self' blob:",
    `connect-src 'self' ${sockets}`,
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ]
  return directives.join('; ')
}

const dataPolicy = "default-src 'none'; frame-ancestors 'none'; sandbox"

export type SecurityHeaders = { page: Headers; data: Headers }

export function securityHeaders(publicUrl: string): SecurityHeaders {
  const home = new URL(publicUrl)
  const always: Headers = [
    ['x-content-type-options', 'nosniff'],
    ['x-frame-options', 'DENY'],
    ['referrer-policy', 'same-origin'],
    ['cross-origin-resource-policy', 'same-origin'],
    ...(home.protocol === 'https:' ? [['strict-transport-security', strictTransport] as const] : []),
  ]
  return {
    page: [
      ...always,
      ['content-security-policy', pagePolicy(home)],
      ['cross-origin-opener-policy', 'same-origin'],
      [
        'permissions-policy',
        [...closedFeatures.map((feature) => `${feature}=()`), 'microphone=(self)'].join(', '),
      ],
    ],
    data: [...always, ['content-security-policy', dataPolicy]],
  }
}

/** Everything below /api but its documentation, which is a page. */
const isData = (url: string) => url.startsWith('/api/') && !url.startsWith('/api/docs')

export function sendSecurityHeaders(app: FastifyInstance, headers: SecurityHeaders): void {
  app.addHook('onRequest', (request, reply, done) => {
    setSecurityHeaders(headers, request, reply)
    done()
  })
}

export function setSecurityHeaders(
  { page, data }: SecurityHeaders,
  request: FastifyRequest,
  { raw }: FastifyReply,
): void {
  raw.setHeader('x-request-id', request.id)
  for (const [name, value] of isData(request.url) ? data : page) raw.setHeader(name, value)
}
