/** From where a request came, as the audit log and the watch over API keys keep it. */
import type { FastifyRequest } from 'fastify'
import type { Origin } from '../actor.ts'

const userAgentLength = 300

export const originOf = ({ ip, headers, id }: Pick<FastifyRequest, 'ip' | 'headers' | 'id'>): Origin => ({
  ip,
  user_agent: headers['user-agent']?.slice(0, userAgentLength) ?? null,
  request_id: id,
})
