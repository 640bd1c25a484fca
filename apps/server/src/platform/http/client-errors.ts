/** Requests that are no HTTP, or too large in their headers: answered on the bare socket, as a problem like any other. */
import { STATUS_CODES } from 'node:http'
import type { Socket } from 'node:net'
import { randomUUID } from 'node:crypto'
import { titles, typeOf, type CodeOf } from '../problem-catalogue.ts'
import type { SecurityHeaders } from './headers.ts'

type ClientError = Error & { code?: string }

type Refusal = { [status in 400 | 408 | 431]: readonly [status, code: CodeOf<status>, detail: string] }
const known: Record<string, Refusal[keyof Refusal]> = {
  HPE_HEADER_OVERFLOW: [431, 'headers_too_large', 'The address and headers together are larger than 16 KiB.'],
  ERR_HTTP_REQUEST_TIMEOUT: [408, 'request_too_slow', 'The request did not arrive in time.'],
}

export function answerClientErrors({ data }: SecurityHeaders) {
  return (error: ClientError, socket: Socket): void => {
    if (error.code === 'ECONNRESET' || !socket.writable) return void socket.destroy()
    const [status, code, detail] = known[error.code ?? ''] ?? [
      400,
      'http_malformed',
      'The request is not valid HTTP.',
    ]
    const request_id = randomUUID()
    const body = JSON.stringify({
      type: typeOf(code),
      title: titles[status],
      status,
      detail,
      code,
      request_id,
    })
    const headers = [
      ...data,
      ['x-request-id', request_id],
      ['cache-control', 'no-store'],
      ['content-type', 'application/problem+json; charset=utf-8'],
      ['content-length', String(Buffer.byteLength(body))],
      ['connection', 'close'],
    ].map(([name, value]) => `${name}: ${value}`)
    socket.end(`HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n${headers.join('\r\n')}\r\n\r\n${body}`)
  }
}
