/** How what a route made becomes what is sent, and which key an answer is kept under. */
import type { Operation } from '@rapport/contracts'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Actor } from '../actor.ts'
import { idempotencyKey, type Answer, type Key } from './idempotency.ts'
import { JsonText } from './route.ts'

export function keyOf(request: FastifyRequest, op: Operation, who: string, actor?: Actor): Key | null {
  const header = request.headers['idempotency-key']
  if (op.method !== 'POST' || typeof header !== 'string' || op.multipart) return null
  const access = actor && [actor.grants, actor.field_rules]
  return idempotencyKey(header, `${who} POST ${request.url}`, request.body, access)
}

/** Null when the handler has answered by itself, as downloads do. */
export function answerOf(op: Operation, value: unknown, reply: FastifyReply): Answer | null {
  if (reply.sent || op.media) return null
  const status = op.status ?? 200
  if (status === 204 || value === undefined) return { status, body: '' }
  return { status, body: value instanceof JsonText ? value.text : JSON.stringify(value) }
}

export function send(reply: FastifyReply, answer: Answer | null): FastifyReply {
  if (!answer) return reply
  void reply.code(answer.status).header('cache-control', 'no-store')
  if (answer.body === '') return reply.send()
  // As bytes, it is encoded once; as text, once to be measured and once to be sent.
  return reply.header('content-type', 'application/json; charset=utf-8').send(Buffer.from(answer.body))
}
