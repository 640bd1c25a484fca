/** Pages for whoever runs the installation, opened by the operator token and by nothing else. */
import { createHash, timingSafeEqual } from 'node:crypto'
import type { FastifyRequest } from 'fastify'
import { notAuthenticated } from '../problems.ts'

/** The token comes as a bearer token, as Prometheus sends it, or in X-Operator-Token. Throws a 401 otherwise. */
export function requireOperator(
  { headers }: Pick<FastifyRequest, 'headers'>,
  token: string | undefined,
): void {
  const own = headers['x-operator-token']
  const given = typeof own === 'string' ? own : /^bearer +(.+)$/i.exec(headers.authorization ?? '')?.[1]
  if (token === undefined || given === undefined || !timingSafeEqual(digest(given), digest(token)))
    throw notAuthenticated('This page needs the operator token (OPERATOR_TOKEN) as a bearer token.')
}

/** Equally long whatever is given, so that the time tells nothing of the length either. */
const digest = (text: string) => createHash('sha256').update(text).digest()
