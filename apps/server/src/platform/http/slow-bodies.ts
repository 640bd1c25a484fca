/**
 * Ends requests whose body comes too slowly. A JSON body has to be there in half a minute; an upload may take as
 * long as its size asks for, but must keep coming. Otherwise a few thousand dripping connections are enough to
 * hold all memory and sockets (slowloris).
 */
import type { IncomingMessage } from 'node:http'
import type { FastifyInstance } from 'fastify'

export type BodyPace = {
  /** How often is looked. */
  every_ms: number
  /** A body that is no upload has to have arrived by then. */
  whole_ms: number
  /** An upload has to bring at least this much between two looks. */
  least_bytes: number
}

const usualPace: BodyPace = { every_ms: 15_000, whole_ms: 30_000, least_bytes: 64 * 1024 }

type Receiving = { since: number; bytes: number; isUpload: boolean }

export function endSlowBodies(app: FastifyInstance, pace: BodyPace = usualPace): void {
  const receiving = new Map<IncomingMessage, Receiving>()

  app.addHook('onRequest', (request, _reply, done) => {
    const { raw } = request
    const hasBody =
      raw.headers['transfer-encoding'] !== undefined || Number(raw.headers['content-length'] ?? 0) > 0
    if (hasBody && !raw.complete) {
      const isUpload = raw.headers['content-type']?.startsWith('multipart/') ?? false
      receiving.set(raw, { since: Date.now(), bytes: raw.socket.bytesRead, isUpload })
    }
    done()
  })
  // An answer does not end it: after a refusal the rest of the body may still be dripping in.
  app.addHook('onResponse', (request, _reply, done) => {
    if (isOver(request.raw)) receiving.delete(request.raw)
    done()
  })

  const timer = setInterval(() => {
    const now = Date.now()
    for (const [raw, body] of receiving) {
      if (isOver(raw)) receiving.delete(raw)
      else if (isTooSlow(raw, body, now)) {
        receiving.delete(raw)
        app.log.info({ url: raw.url, ip: raw.socket.remoteAddress }, 'a body came too slowly')
        raw.destroy()
      }
    }
  }, pace.every_ms)
  timer.unref()
  app.addHook('onClose', (_app, done) => {
    clearInterval(timer)
    done()
  })

  const isOver = (raw: IncomingMessage) => raw.complete || raw.readableEnded || raw.destroyed

  function isTooSlow(raw: IncomingMessage, body: Receiving, now: number): boolean {
    if (!body.isUpload) return now - body.since > pace.whole_ms
    const brought = raw.socket.bytesRead - body.bytes
    body.bytes = raw.socket.bytesRead
    return now - body.since > pace.every_ms && brought < pace.least_bytes
  }
}
