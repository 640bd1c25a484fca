/**
 * Sends unexpected errors to Sentry, for those who set SENTRY_DSN: what went wrong, where in the code, and in which
 * request; not who it happened to or with which data. Sentry's core alone makes and sends the envelopes, because its
 * package for Node instruments the whole process and brings sixty packages along.
 */
import { createStackParser, createTransport } from '@sentry/core'
import { nodeStackLineParser, ServerRuntimeClient } from '@sentry/core/server'
import { redactText, type OnError } from '../log/index.ts'

type Options = { dsn: string; version: string; production: boolean }

export type ErrorReports = {
  report: OnError
  /** Waits until what was reported is sent, for a while. */
  flush: () => Promise<void>
}

const send_timeout_ms = 10_000
const flush_ms = 3_000
/** An error that repeats itself in a loop is told often enough. */
const mostAMinute = 60
const told = ['request_id', 'method', 'path', 'kind', 'job_id', 'attempt'] as const

export function openErrorReports({ dsn, version, production }: Options): ErrorReports {
  const client = new ServerRuntimeClient({
    dsn,
    release: version,
    environment: production ? 'production' : 'development',
    platform: 'node',
    runtime: { name: 'node', version: process.version },
    integrations: [],
    sendClientReports: false,
    stackParser: createStackParser(nodeStackLineParser()),
    transport: (options) =>
      createTransport(options, async ({ body }) => {
        const answer = await fetch(options.url, {
          method: 'POST',
          body: typeof body === 'string' ? body : Buffer.from(body),
          headers: options.headers ?? {},
          signal: AbortSignal.timeout(send_timeout_ms),
        })
        await answer.arrayBuffer() // else the connection is not free again
        return {
          statusCode: answer.status,
          headers: {
            'x-sentry-rate-limits': answer.headers.get('x-sentry-rate-limits'),
            'retry-after': answer.headers.get('retry-after'),
          },
        }
      }),
    beforeSend: (event) => {
      for (const one of event.exception?.values ?? []) if (one.value) one.value = withoutPersons(one.value)
      if (event.message) event.message = withoutPersons(event.message)
      delete event.user
      delete event.request
      delete event.server_name
      delete event.breadcrumbs
      return event
    },
  })
  client.init()
  const mayTell = boundByMinute(mostAMinute)

  return {
    report(error, message, fields) {
      if (!mayTell()) return
      const tags = Object.fromEntries(
        told.flatMap((name) => (fields[name] == null ? [] : [[name, String(fields[name])]])),
      )
      client.captureException(error, { captureContext: { tags, extra: { log: withoutPersons(message) } } })
    },
    async flush() {
      await client.flush(flush_ms)
    },
  }
}

/** Secrets by their form, and what an error may quote of people: addresses and numbers. */
export const withoutPersons = (text: string): string =>
  redactText(text)
    .replace(/[\w.+-]+@[\w-]+(?:\.[\w-]+)+/g, '[address]')
    .replace(/\+?\d[\d ().-]{7,}\d/g, '[number]')

function boundByMinute(most: number): () => boolean {
  let [minute, count] = [0, 0]
  return () => {
    const now = Math.floor(Date.now() / 60_000)
    if (now !== minute) [minute, count] = [now, 0]
    count += 1
    return count <= most
  }
}
